-- create_campaign -- A new campaign at the end of its evaluation group; gives its id.
INSERT INTO campaigns (
    account_id, application_id, created, user_id, created_by, name, description, start_time, end_time, attributes, state,
    tags, features, coupon_settings, referral_settings, limits, type, coupon_attributes, reevaluate_on_return,
    evaluation_group_id, position
)
VALUES (
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
    $20, $21
)
RETURNING id;

-- find_campaign -- The campaign with this id, with the counters of its overall budgets by action.
SELECT c.*, (
    SELECT jsonb_object_agg(b.action, b.counter) FROM budget_counters b
    WHERE b.account_id = $1 AND b.application_id = $2 AND b.campaign_id = c.id AND b.key = b.action || '|overall'
) AS used, ARRAY(
    SELECT l.store_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = c.id AND NOT c.stores_imported
    ORDER BY l.store_id
) AS linked_store_ids
FROM campaigns c
WHERE c.account_id = $1 AND c.application_id = $2 AND c.id = $3;

-- find_campaigns -- The campaigns with the ids $3, in that order, with the counters of their overall budgets by action.
SELECT c.*, (
    SELECT jsonb_object_agg(b.action, b.counter) FROM budget_counters b
    WHERE b.account_id = $1 AND b.application_id = $2 AND b.campaign_id = c.id AND b.key = b.action || '|overall'
) AS used, ARRAY(
    SELECT l.store_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = c.id AND NOT c.stores_imported
    ORDER BY l.store_id
) AS linked_store_ids
FROM unnest($3::bigint[]) WITH ORDINALITY AS wanted (id, place)
JOIN campaigns c ON c.account_id = $1 AND c.application_id = $2 AND c.id = wanted.id
ORDER BY wanted.place;

-- list_campaigns -- A page of an Application's campaigns as of $3; every filter is null where it is not asked for.
SELECT c.*, count(*) OVER () AS total, (
    SELECT jsonb_object_agg(b.action, b.counter) FROM budget_counters b
    WHERE b.account_id = $1 AND b.application_id = $2 AND b.campaign_id = c.id AND b.key = b.action || '|overall'
) AS used, ARRAY(
    SELECT l.store_id FROM campaign_stores l
    WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = c.id AND NOT c.stores_imported
    ORDER BY l.store_id
) AS linked_store_ids
FROM campaigns c
WHERE c.account_id = $1 AND c.application_id = $2
    AND CASE $4::text
        WHEN 'enabled' THEN c.state = 'enabled'
        WHEN 'disabled' THEN c.state = 'disabled'
        WHEN 'archived' THEN c.state = 'archived'
        WHEN 'scheduled' THEN
            c.state = 'enabled' AND c.start_time > $3 AND (c.end_time IS NULL OR c.end_time > $3)
        WHEN 'running' THEN
            c.state = 'enabled' AND (c.start_time IS NULL OR c.start_time <= $3) AND (c.end_time IS NULL OR c.end_time > $3)
        WHEN 'expired' THEN c.state = 'enabled' AND c.end_time <= $3
        WHEN 'staged' THEN false
        ELSE true
    END
    AND (
        ($5::text IS NULL AND $6::text[] IS NULL)
        OR strpos(lower(c.name), lower($5)) > 0
        OR EXISTS (
            SELECT FROM unnest(c.tags) AS has (tag), unnest($6::text[]) AS wanted (tag) WHERE lower(has.tag) = lower(wanted.tag)
        )
    )
    AND ($7::timestamptz IS NULL OR c.created <= $7)
    AND ($8::timestamptz IS NULL OR c.created >= $8)
    AND ($9::timestamptz IS NULL OR c.start_time <= $9)
    AND ($10::timestamptz IS NULL OR c.start_time >= $10)
    AND ($11::timestamptz IS NULL OR c.end_time <= $11)
    AND ($12::timestamptz IS NULL OR c.end_time >= $12)
    AND ($13::bigint IS NULL OR $13 = ANY (c.campaign_groups))
    AND ($14::bigint IS NULL OR c.template_id = $14)
    AND ($15::bigint IS NULL OR EXISTS (
        SELECT FROM campaign_stores l
        WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = $15 AND l.campaign_id = c.id
    ))
ORDER BY
    CASE $16::text WHEN 'name' THEN c.name WHEN 'state' THEN c.state END,
    CASE $16 WHEN '-name' THEN c.name WHEN '-state' THEN c.state END DESC,
    CASE $16 WHEN 'created' THEN c.created WHEN 'updated' THEN c.updated
             WHEN 'startTime' THEN c.start_time WHEN 'endTime' THEN c.end_time END,
    CASE $16 WHEN '-created' THEN c.created WHEN '-updated' THEN c.updated
             WHEN '-startTime' THEN c.start_time WHEN '-endTime' THEN c.end_time END DESC NULLS LAST,
    CASE $16 WHEN '-id' THEN c.id END DESC,
    c.id
LIMIT $17 OFFSET $18;

-- list_running -- Running campaigns as of $3, with the titles of their rules and the audiences that these ask for.
SELECT c.id, c.name, c.description, c.start_time, c.end_time, c.attributes, c.tags, c.features,
       ARRAY(
           SELECT l.store_id FROM campaign_stores l
           WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = c.id AND NOT c.stores_imported
           ORDER BY l.store_id
       ) AS linked_store_ids,
    ARRAY (
        SELECT rule.value ->> 'title' FROM jsonb_array_elements(asked.rules) WITH ORDINALITY AS rule (value, place)
        ORDER BY rule.place
    ) AS rule_titles,
    ARRAY (
        SELECT DISTINCT audience.id::bigint
        FROM jsonb_path_query(asked.rules,
                              'strict $.** ? (@.type() == "array" && @[0] like_regex "^audienceMember$" flag "i")[2]',
                              silent => true) AS audience (id)
        WHERE jsonb_typeof(audience.id) = 'number'
        ORDER BY 1
    ) AS audience_ids
FROM campaigns c
LEFT JOIN rulesets r
    ON r.account_id = $1 AND r.application_id = $2 AND r.campaign_id = c.id AND r.id = c.active_ruleset_id
CROSS JOIN LATERAL (SELECT coalesce(convert_from(r.rules, 'UTF8')::jsonb, '[]') AS rules) AS asked
WHERE c.account_id = $1 AND c.application_id = $2
    AND c.state = 'enabled' AND (c.start_time IS NULL OR c.start_time <= $3) AND (c.end_time IS NULL OR c.end_time > $3)
    AND ($4::bigint[] IS NULL OR c.id = ANY ($4))
    AND ($5::timestamptz IS NULL OR c.start_time >= $5)
    AND ($6::timestamptz IS NULL OR c.start_time <= $6)
    AND ($7::timestamptz IS NULL OR c.end_time >= $7)
    AND ($8::timestamptz IS NULL OR c.end_time <= $8)
    AND ($9::bigint IS NULL OR EXISTS (
        SELECT FROM campaign_stores l
        WHERE l.account_id = $1 AND l.application_id = $2 AND l.store_id = $9 AND l.campaign_id = c.id
    ))
    AND ($10::bigint IS NULL OR jsonb_path_exists(
        asked.rules,
        'strict $.** ? (@.type() == "array" && @[0] like_regex "^audienceMember$" flag "i" && @[2] == $audience)',
        jsonb_build_object('audience', $10::bigint),
        silent => true
    ))
ORDER BY c.id
LIMIT $11 OFFSET $12;

-- update_campaign -- New settings for a campaign; gives its id.
UPDATE campaigns
SET updated = $4, updated_by = $5, name = $6, description = $7, start_time = $8, end_time = $9, attributes = $10,
    state = $11, tags = $12, features = $13, coupon_settings = $14, referral_settings = $15, limits = $16, type = $17,
    coupon_attributes = $18, reevaluate_on_return = $19
WHERE account_id = $1 AND application_id = $2 AND id = $3
RETURNING id;

-- activate_ruleset -- Another ruleset ($4, null for none) comes into force for a campaign.
UPDATE campaigns SET active_ruleset_id = $4 WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- delete_campaign -- A campaign goes, and its rulesets (foreign keys), coupons and counters (triggers) with it.
DELETE FROM campaigns WHERE account_id = $1 AND application_id = $2 AND id = $3;
