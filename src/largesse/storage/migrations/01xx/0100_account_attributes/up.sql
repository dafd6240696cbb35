ALTER TABLE account_settings ALTER COLUMN hide_code_reasons SET DEFAULT false;
ALTER TABLE account_settings ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';
