-- create_application -- A new Application with its settings; gives its id.
INSERT INTO applications (
    account_id, created, modified, name, description, timezone, currency, case_sensitivity, attributes, limits,
    default_discount_scope, default_discount_additional_cost_per_item_scope, enable_cascading_discounts,
    enable_flattened_cart_items, enable_partial_discounts, attributes_settings, best_prior_price_settings, sandbox,
    default_evaluation_group_id, default_cart_item_filter_id
)
VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
RETURNING id;

-- find_application -- The Application with this id, and its base group.
SELECT a.*, (
    SELECT g.id FROM evaluation_groups g WHERE g.account_id = $1 AND g.application_id = a.id AND g.parent_id IS NULL
) AS base_group_id
FROM applications a
WHERE a.account_id = $1 AND a.id = $2;

-- list_applications -- A page of the Applications with the ids $2, or of all of them where $2 is empty, sorted by $3.
SELECT a.*, count(*) OVER () AS total, (
    SELECT g.id FROM evaluation_groups g WHERE g.account_id = $1 AND g.application_id = a.id AND g.parent_id IS NULL
) AS base_group_id
FROM applications a
WHERE a.account_id = $1 AND (cardinality($2::bigint[]) = 0 OR a.id = ANY ($2))
ORDER BY
    CASE $3::text WHEN 'name' THEN a.name END,
    CASE $3 WHEN '-name' THEN a.name END DESC,
    CASE $3 WHEN 'created' THEN a.created WHEN 'modified' THEN a.modified END,
    CASE $3 WHEN '-created' THEN a.created WHEN '-modified' THEN a.modified END DESC,
    CASE $3 WHEN '-id' THEN a.id END DESC,
    a.id
LIMIT $4 OFFSET $5;

-- update_application -- New settings for an Application.
UPDATE applications
SET modified = $3, name = $4, description = $5, timezone = $6, currency = $7, case_sensitivity = $8, attributes = $9,
    limits = $10, default_discount_scope = $11, default_discount_additional_cost_per_item_scope = $12,
    enable_cascading_discounts = $13, enable_flattened_cart_items = $14, enable_partial_discounts = $15,
    attributes_settings = $16, best_prior_price_settings = $17, sandbox = $18, default_evaluation_group_id = $19,
    default_cart_item_filter_id = $20
WHERE account_id = $1 AND id = $2;

-- delete_application -- An Application goes, and what hangs on it with it (foreign keys cascade).
DELETE FROM applications WHERE account_id = $1 AND id = $2;
