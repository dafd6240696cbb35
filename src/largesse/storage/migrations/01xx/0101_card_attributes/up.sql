ALTER TABLE loyalty_cards ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';
