-- What an account has settled for all its applications.
CREATE TABLE account_settings (
    account_id        bigint  PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    hide_code_reasons boolean NOT NULL
);

CREATE TRIGGER revise AFTER INSERT OR UPDATE OR DELETE ON account_settings
    FOR EACH ROW EXECUTE FUNCTION revise_all_applications();
