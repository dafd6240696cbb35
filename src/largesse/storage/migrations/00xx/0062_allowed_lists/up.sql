-- The values that attributes may have, as texts, where they came in a file.
CREATE TABLE allowed_values (
    account_id   bigint NOT NULL,
    attribute_id bigint NOT NULL,
    item         text   NOT NULL,
    PRIMARY KEY (account_id, attribute_id, item),
    FOREIGN KEY (account_id, attribute_id) REFERENCES attributes ON DELETE CASCADE
);
