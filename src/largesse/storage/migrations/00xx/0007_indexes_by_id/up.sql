ALTER TABLE sessions DROP CONSTRAINT sessions_id;
CREATE UNIQUE INDEX sessions_id ON sessions (account_id, application_id, id) WHERE id IS NOT NULL;
ALTER TABLE profiles DROP CONSTRAINT profiles_id;
CREATE UNIQUE INDEX profiles_id ON profiles (account_id, id) WHERE id IS NOT NULL;
