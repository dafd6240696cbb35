-- save_changes -- Everything one decision stores, in one exchange; see the function of this name in the schema.
SELECT session_id, profile_id, event_id
FROM save_changes(of_account_id => $1, of_application_id => $2, in_sandbox => $3, moment => $4,
    profiles => $5, profile_attributes => $6, profile_closed => $7, profile_sales => $8, profile_active => $9,
    of_session => $10, of_profile => $11, in_state => $12, expected => $13, is_first => $14, created_at => $15,
    new_document => $16, new_effects => $17, new_consumed => $18,
    event_types => $19, event_effects => $20,
    coupon_ids => $21, coupon_profiles => $22, coupon_uses => $23, coupon_discounts => $24, coupon_attributes => $25,
    budget_campaigns => $26, budget_keys => $27, budget_actions => $28, budget_periods => $29,
    budget_amounts => $30, budget_limits => $31);
