-- What was answered to requests that came with an Idempotency-Key, kept for a day. `place` is the hash of operation, path
-- and key, `fingerprint` that of what was sent.
CREATE TABLE idempotent_replies (
    account_id     bigint      NOT NULL,
    application_id bigint      NOT NULL,
    place          bytea       NOT NULL,
    fingerprint    bytea       NOT NULL,
    status         smallint    NOT NULL,
    media_type     text        NOT NULL,
    body           bytea       NOT NULL,
    created        timestamptz NOT NULL,
    PRIMARY KEY (account_id, application_id, place)
);
CREATE INDEX idempotent_replies_created ON idempotent_replies (account_id, application_id, created);

-- What is known under an idempotency key since a moment: one row, none where nothing is. The key is taken until the
-- transaction ends; who finds it taken learns that the request is running. The reply is looked for only then, so that the
-- one who had the key before has left it.
CREATE FUNCTION find_reply(of_account_id bigint, of_application_id bigint, of_place bytea, since timestamptz)
RETURNS TABLE (is_running boolean, fingerprint bytea, status smallint, media_type text, body bytea)
LANGUAGE plpgsql ROWS 1 AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended(
        format('reply %s/%s/%s', of_account_id, of_application_id, encode(of_place, 'hex')), 0)) THEN
        RETURN QUERY SELECT true, NULL::bytea, NULL::smallint, NULL::text, NULL::bytea;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT false, r.fingerprint, r.status, r.media_type, r.body FROM idempotent_replies r
    WHERE r.account_id = of_account_id AND r.application_id = of_application_id AND r.place = of_place
      AND r.created > since;
END $$;

CREATE FUNCTION forget_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM idempotent_replies WHERE account_id = OLD.account_id AND application_id = OLD.id;
    RETURN NULL;
END $$;

CREATE TRIGGER forget_replies AFTER DELETE ON applications FOR EACH ROW EXECUTE FUNCTION forget_replies();
