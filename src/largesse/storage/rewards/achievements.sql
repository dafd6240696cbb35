-- create_achievement -- A new achievement of a campaign; gives its row.
INSERT INTO achievements (
    account_id, application_id, campaign_id, user_id, created_by, created, name, title, description, target, period,
    period_end_override, recurrence_policy, activation_policy, fixed_start_date, end_date, allow_rollback_after_completion
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
RETURNING *, false AS has_progress;

-- find_achievement -- One achievement of a campaign.
SELECT a.*, EXISTS (
    SELECT FROM achievement_iterations i
    WHERE i.account_id = $1 AND i.application_id = $2 AND i.achievement_id = a.id
) AS has_progress
FROM achievements a
WHERE a.account_id = $1 AND a.application_id = $2 AND a.campaign_id = $3 AND a.id = $4;

-- list_achievements -- The achievements of a campaign, those whose title holds $4 where that is not null.
SELECT a.*, EXISTS (
    SELECT FROM achievement_iterations i
    WHERE i.account_id = $1 AND i.application_id = $2 AND i.achievement_id = a.id
) AS has_progress
FROM achievements a
WHERE a.account_id = $1 AND a.application_id = $2 AND a.campaign_id = $3
    AND ($4::text IS NULL OR strpos(lower(a.title), lower($4)) > 0)
ORDER BY a.id
LIMIT $5 OFFSET $6;

-- update_achievement -- Everything about an achievement but its name, anew.
UPDATE achievements
SET title = $4, description = $5, target = $6, period = $7, period_end_override = $8, recurrence_policy = $9,
    activation_policy = $10, fixed_start_date = $11, end_date = $12, allow_rollback_after_completion = $13
WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- delete_achievement -- An achievement with the progress of all customers.
DELETE FROM achievements WHERE account_id = $1 AND application_id = $2 AND campaign_id = $3 AND id = $4;

-- achievement_definitions -- All achievements of an application.
SELECT *, false AS has_progress FROM achievements WHERE account_id = $1 AND application_id = $2 ORDER BY id;

-- latest_iterations -- How far a profile has come with each achievement it has ever begun.
SELECT DISTINCT ON (achievement_id)
       achievement_id, number, tracker_id, progress, start_date, end_date, completion_date, by_rule
FROM achievement_iterations
WHERE account_id = $1 AND application_id = $2 AND profile_integration_id = $3
ORDER BY achievement_id, number DESC;

-- trackers -- The progress in those of the iterations $4 of a profile that progress may be taken back from.
SELECT i.tracker_id, i.progress
FROM achievement_iterations i
JOIN achievements a ON a.account_id = $1 AND a.application_id = $2 AND a.id = i.achievement_id
WHERE i.account_id = $1 AND i.application_id = $2 AND i.profile_integration_id = $3 AND i.tracker_id = ANY ($4::bigint[])
    AND (i.completion_date IS NULL
        OR (a.allow_rollback_after_completion AND a.recurrence_policy <> 'on_completion'));

-- history -- A page of a profile's iterations of an achievement that pass every filter that is not null, the latest first.
SELECT i.achievement_id, i.number, i.tracker_id, i.progress, i.start_date, i.end_date, i.completion_date,
       i.by_rule, count(*) OVER () AS total
FROM achievement_iterations i
WHERE i.account_id = $1 AND i.application_id = $2 AND i.profile_integration_id = $3 AND i.achievement_id = $4
    AND ($5::timestamptz IS NULL OR i.start_date >= $5)
    AND ($6::timestamptz IS NULL OR i.start_date <= $6)
    AND ($7::text[] IS NULL OR CASE
        WHEN i.completion_date IS NOT NULL THEN 'completed'
        WHEN i.end_date <= $8::timestamptz THEN 'expired'
        ELSE 'inprogress'
    END = ANY ($7))
ORDER BY i.number DESC
LIMIT $9 OFFSET $10;

-- move_progress -- See the function of this name in the schema.
SELECT move_progress(of_account_id => $1, of_application_id => $2, of_profile => $3, of_achievement => $4, of_number => $5,
                     of_tracker => $6, starts => $7, ends => $8, upto => $9, was => $10, delta => $11, is_by_rule => $12,
                     is_back => $13, moment => $14);

-- customer -- The application's time zone and sandbox, and whether it knows a profile; no row where it is gone.
SELECT a.timezone, a.sandbox, p.integration_id IS NOT NULL AS is_known
FROM applications a
LEFT JOIN profiles p ON p.account_id = $1 AND p.sandbox = a.sandbox AND p.integration_id = $3
WHERE a.account_id = $1 AND a.id = $2;

-- export_iterations -- All iterations of achievement $3 as of $4, customer by customer, as lines of a file.
SELECT i.profile_integration_id AS "profileIntegrationID", a.title, trim_scale(a.target) AS target,
       trim_scale(i.progress) AS progress,
       CASE
           WHEN i.completion_date IS NOT NULL THEN 'completed'
           WHEN i.end_date <= $4::timestamptz THEN 'expired'
           ELSE 'inprogress'
       END AS status,
       csv_time(i.start_date, false) AS "startDate", csv_time(i.end_date, false) AS "endDate",
       csv_time(i.completion_date, false) AS "completionDate"
FROM achievement_iterations i
JOIN achievements a ON a.account_id = $1 AND a.application_id = $2 AND a.id = i.achievement_id
WHERE i.account_id = $1 AND i.application_id = $2 AND i.achievement_id = $3
ORDER BY i.profile_integration_id, i.number;
