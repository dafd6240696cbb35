ALTER TABLE rulesets ADD COLUMN structured bytea;  -- the blocks that rules and bindings were compiled from, where they were
