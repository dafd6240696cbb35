-- next_shop_with_deleted_coupons -- The first shop behind the key ($1, $2) that has any.
SELECT account_id, application_id FROM deleted_coupons
WHERE (account_id, application_id) > ($1, $2)
ORDER BY account_id, application_id
LIMIT 1;

-- forget_deleted_coupons -- At most $4 of a shop's coupons that were deleted until $3.
DELETE FROM deleted_coupons d
USING (
    SELECT id FROM deleted_coupons
    WHERE account_id = $1 AND application_id = $2 AND deleted <= $3
    ORDER BY deleted
    LIMIT $4
) AS old
WHERE d.account_id = $1 AND d.application_id = $2 AND d.id = old.id;
