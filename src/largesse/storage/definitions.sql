-- attribute_definitions -- All attributes the account has defined, as far as checking values goes.
SELECT id, entity, name, type, restricted_by_suggestions, suggestions, subscribed_applications_ids
FROM attributes
WHERE account_id = $1;
