-- set_attributes -- Merges attributes into a profile, which is created if it is missing; null clears one.
SELECT update_profile(of_account_id => $1, in_sandbox => $2, of_profile => $3, moment => $5, sent_attributes => $4,
                      closed => 0, sales => 0, started => 0, active_at => NULL);
