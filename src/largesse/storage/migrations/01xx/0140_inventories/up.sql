CREATE INDEX coupons_implicit ON coupons (account_id, application_id, id) WHERE implicitly_reserved;
CREATE INDEX giveaways_profile ON giveaways (account_id, profile_integration_id) WHERE profile_integration_id IS NOT NULL;
CREATE INDEX loyalty_card_profiles_profile ON loyalty_card_profiles (account_id, integration_id);
