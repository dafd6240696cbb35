-- program_campaigns -- All campaigns of the application with their rulesets in force; archived ones without, never run.
SELECT c.id, c.name, c.state, c.active_ruleset_id, c.description, c.start_time, c.end_time, c.attributes, c.tags,
       c.features, c.limits, c.type, c.reevaluate_on_return, c.evaluation_group_id, c.position,
       r.rules, r.bindings, EXISTS (
           SELECT FROM campaign_stores l
           WHERE l.account_id = $1 AND l.application_id = $2 AND l.campaign_id = c.id
       ) AS for_stores
FROM campaigns c
LEFT JOIN rulesets r
    ON r.account_id = $1 AND r.application_id = $2 AND r.campaign_id = c.id AND r.id = c.active_ruleset_id
   AND c.state <> 'archived'
WHERE c.account_id = $1 AND c.application_id = $2;

-- program_application -- What evaluation needs to know of the application, and the revision all of this is of.
SELECT id, account_id, name, timezone, currency, case_sensitivity, default_discount_scope,
       default_discount_additional_cost_per_item_scope, enable_cascading_discounts, enable_flattened_cart_items,
       enable_partial_discounts, sandbox, attributes, revision
FROM applications
WHERE account_id = $1 AND id = $2;
