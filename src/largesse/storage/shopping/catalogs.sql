-- create_catalog -- A new catalog; gives its id.
INSERT INTO catalogs (account_id, created, modified, created_by, name, description)
VALUES ($1, $2, $2, $3, $4, $5)
RETURNING id;

-- subscribe -- Applications take what their carts leave out from a catalog, unless they have one; gives the others.
WITH subscribed AS (
    INSERT INTO catalog_applications (account_id, application_id, catalog_id)
    SELECT $1, application_id, $2 FROM unnest($3::bigint[]) AS sent (application_id)
    ON CONFLICT DO NOTHING
)
SELECT application_id FROM catalog_applications
WHERE account_id = $1 AND application_id = ANY ($3::bigint[]) AND catalog_id <> $2
ORDER BY application_id;

-- find_catalog -- The catalog with this id, and its Applications.
SELECT c.*, ARRAY(
    SELECT s.application_id FROM catalog_applications s
    WHERE s.account_id = $1 AND s.catalog_id = c.id
    ORDER BY s.application_id
) AS application_ids
FROM catalogs c
WHERE c.account_id = $1 AND c.id = $2;

-- list_catalogs -- A page of all catalogs, sorted by $2.
SELECT c.*, count(*) OVER () AS total, ARRAY(
    SELECT s.application_id FROM catalog_applications s
    WHERE s.account_id = $1 AND s.catalog_id = c.id
    ORDER BY s.application_id
) AS application_ids
FROM catalogs c
WHERE c.account_id = $1
ORDER BY
    CASE $2::text WHEN 'name' THEN c.name END,
    CASE $2 WHEN '-name' THEN c.name END DESC,
    CASE $2 WHEN 'created' THEN c.created END,
    CASE $2 WHEN '-created' THEN c.created END DESC,
    CASE $2 WHEN '-id' THEN c.id END DESC,
    c.id
LIMIT $3 OFFSET $4;

-- describe_catalog -- Another name and description for a catalog; gives its id.
UPDATE catalogs SET modified = $3, name = $4, description = $5 WHERE account_id = $1 AND id = $2 RETURNING id;

-- catalog_of_application -- The catalog of an Application.
SELECT catalog_id FROM catalog_applications WHERE account_id = $1 AND application_id = $2;

-- items_by_sku -- The items of a catalog with these SKUs, with the prices that the profile $6 may have at $4.
SELECT i.id, i.sku, i.price, i.product, i.attributes, (
    SELECT jsonb_agg(newest) FROM (
        SELECT DISTINCT ON (a.price_type)
            a.price_type, a.price, a.reference_id, a.context_id, a.effective_from, a.effective_until
        FROM price_adjustments a
        JOIN price_types t ON t.account_id = $1 AND t.name = a.price_type
        WHERE a.account_id = $1 AND a.catalog_id = $2 AND a.sku = i.sku
            AND (a.effective_from IS NULL OR a.effective_from <= $4)
            AND (a.effective_until IS NULL OR $4 < a.effective_until)
            AND (cardinality(t.targeted_audiences_ids) = 0 OR EXISTS (
                SELECT FROM audience_members m
                WHERE m.account_id = $1 AND m.sandbox = $5 AND m.profile_integration_id = $6
                    AND m.audience_id = ANY (t.targeted_audiences_ids)
            ))
        ORDER BY a.price_type, a.calculated_at DESC, a.id DESC
    ) AS newest
) AS prices
FROM catalog_items i
WHERE i.account_id = $1 AND i.catalog_id = $2 AND i.sku = ANY ($3::text[]);

-- add_adjustments -- Prices of items for some time.
INSERT INTO price_adjustments (account_id, catalog_id, sku, price_type, price, reference_id, context_id, calculated_at,
                               effective_from, effective_until)
SELECT $1, $2, sent.*
FROM unnest($3::text[], $4::text[], $5::numeric[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[],
            $10::timestamptz[]) AS sent;

-- known_skus -- Which of these SKUs are in a catalog.
SELECT sku FROM catalog_items WHERE account_id = $1 AND catalog_id = $2 AND sku = ANY ($3::text[]);

-- list_items -- A page of a catalog's items, with the SKUs $3 or the products $4 where these are not null.
SELECT i.*, count(*) OVER () AS total
FROM catalog_items i
WHERE i.account_id = $1 AND i.catalog_id = $2
    AND ($3::text[] IS NULL OR i.sku = ANY ($3))
    AND ($4::text[] IS NULL OR i.product = ANY ($4))
ORDER BY i.id
LIMIT $5 OFFSET $6;

-- begin_sync -- One more synchronization of a catalog that is at version $3 (null: at any); others of it wait for its end.
UPDATE catalogs SET version = version + 1, modified = $4
WHERE account_id = $1 AND id = $2 AND ($3::bigint IS NULL OR version = $3)
RETURNING id;

-- add_items -- New items; those of the SKUs $4 replace the ones that are there, whose price stays where none is sent.
INSERT INTO catalog_items AS i (account_id, catalog_id, created, sku, price, product, attributes)
SELECT $1, $2, $3, sent.sku, sent.price, sent.product, sent.attributes
FROM unnest($5::text[], $6::numeric[], $7::text[], $8::jsonb[]) AS sent (sku, price, product, attributes)
ON CONFLICT (account_id, catalog_id, sku) DO UPDATE SET
    price = coalesce(excluded.price, i.price), product = excluded.product, attributes = excluded.attributes,
    version = i.version + 1
WHERE i.sku = ANY ($4::text[]);

-- patch_items -- Other prices, products and attributes of items that are there (null clears an attribute).
UPDATE catalog_items i SET
    price = coalesce(sent.price, i.price), product = sent.product,
    attributes = jsonb_strip_nulls(i.attributes || sent.attributes), version = i.version + 1
FROM unnest($3::text[], $4::numeric[], $5::text[], $6::jsonb[]) AS sent (sku, price, product, attributes)
WHERE i.account_id = $1 AND i.catalog_id = $2 AND i.sku = sent.sku;

-- remove_items -- The items with these SKUs go.
DELETE FROM catalog_items WHERE account_id = $1 AND catalog_id = $2 AND sku = ANY ($3::text[]);

-- patch_matching -- Another price and attributes for all items of which every filter of $3 holds.
UPDATE catalog_items i SET
    price = coalesce($4::numeric, i.price), attributes = jsonb_strip_nulls(i.attributes || $5::jsonb), version = i.version + 1
WHERE i.account_id = $1 AND i.catalog_id = $2 AND catalog_item_matches(i.attributes, $3::jsonb);

-- remove_matching -- All items of which every filter of $3 holds go.
DELETE FROM catalog_items i
WHERE i.account_id = $1 AND i.catalog_id = $2 AND catalog_item_matches(i.attributes, $3::jsonb);
