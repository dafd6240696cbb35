-- create_cart_item_filter -- A new filter without an expression; gives its row.
INSERT INTO cart_item_filters (account_id, application_id, name, description, created, created_by)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *;

-- find_cart_item_filter -- The filter with this id.
SELECT * FROM cart_item_filters WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- list_cart_item_filters -- Filters of an application in the order of their creation, those named $3 (null: all).
SELECT * FROM cart_item_filters
WHERE account_id = $1 AND application_id = $2 AND ($3::text IS NULL OR name = $3)
ORDER BY id
LIMIT $4 OFFSET $5;

-- update_cart_item_filter -- Another description, another expression in force; gives the row.
UPDATE cart_item_filters
SET description = $4, active_expression_id = $5, modified = $6, modified_by = $7
WHERE account_id = $1 AND application_id = $2 AND id = $3
RETURNING *;

-- delete_cart_item_filter -- A filter goes with its expressions.
DELETE FROM cart_item_filters WHERE account_id = $1 AND application_id = $2 AND id = $3;

-- create_cart_item_filter_expression -- A new expression of a filter; gives its row.
INSERT INTO cart_item_filter_expressions (account_id, application_id, filter_id, expression, created, created_by)
VALUES ($1, $2, $3, $4, $5, $6)
RETURNING *;

-- find_cart_item_filter_expression -- An expression of a filter.
SELECT * FROM cart_item_filter_expressions
WHERE account_id = $1 AND application_id = $2 AND filter_id = $3 AND id = $4;

-- cart_item_filter_definitions -- The filters rules may read, with the expressions in force, in the order of their creation.
SELECT f.id, f.name, e.expression
FROM cart_item_filters f
JOIN cart_item_filter_expressions e
    ON e.account_id = $1 AND e.application_id = $2 AND e.filter_id = f.id AND e.id = f.active_expression_id
WHERE f.account_id = $1 AND f.application_id = $2
ORDER BY f.id;
