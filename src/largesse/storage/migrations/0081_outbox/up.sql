-- Requests that wait to be sent, written in the transaction of what they tell of.
CREATE TABLE outbox (
    account_id        bigint      NOT NULL,
    application_id    bigint      NOT NULL,
    id                uuid        NOT NULL,  -- by which the receiver tells a repetition
    kind              text        NOT NULL CHECK (kind IN ('webhook', 'notification')),
    source_id         bigint      NOT NULL,  -- of the webhook or notification
    source_name       text        NOT NULL,
    change_type       text,                  -- of a notification
    campaign_id       bigint,
    verb              text        NOT NULL,
    url               text        NOT NULL,
    headers           jsonb       NOT NULL,  -- values by name
    body              text        NOT NULL,
    authentication_id bigint,
    created           timestamptz NOT NULL,
    due               timestamptz NOT NULL,
    attempts          integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, application_id, id)
);
-- Not led by the account: whoever sends takes what has waited longest, whosever it is.
CREATE INDEX outbox_due ON outbox (due);
