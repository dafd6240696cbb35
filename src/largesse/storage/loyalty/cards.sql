-- insert_card -- A new card; none where the account has one with this identifier.
INSERT INTO loyalty_cards (account_id, program_id, identifier, status, created)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT ON CONSTRAINT loyalty_cards_identifier DO NOTHING
RETURNING *;

-- link_profiles -- The card belongs to these profiles too.
INSERT INTO loyalty_card_profiles (account_id, program_id, card_id, integration_id, created)
SELECT $1, $2, $3, name, $5 FROM unnest($4::text[]) AS name
ON CONFLICT DO NOTHING;

-- hold_card -- Those who link one card to profiles take turns.
SELECT FROM loyalty_cards WHERE account_id = $1 AND program_id = $2 AND id = $3 FOR UPDATE;

-- link_profile -- The card belongs to the profile $4 too, unless it belongs to as many as its program allows.
INSERT INTO loyalty_card_profiles (account_id, program_id, card_id, integration_id, created)
SELECT c.account_id, c.program_id, c.id, $4, $5
FROM loyalty_cards c
JOIN loyalty_programs p ON p.account_id = $1 AND p.id = $2
WHERE c.account_id = $1 AND c.program_id = $2 AND c.id = $3 AND (p.users_per_card_limit = 0 OR p.users_per_card_limit > (
    SELECT count(*) FROM loyalty_card_profiles l WHERE l.account_id = $1 AND l.program_id = $2 AND l.card_id = $3))
ON CONFLICT DO NOTHING;

-- is_linked -- Whether the card belongs to the profile $4.
SELECT EXISTS (
    SELECT FROM loyalty_card_profiles WHERE account_id = $1 AND program_id = $2 AND card_id = $3 AND integration_id = $4);

-- unlink_profile -- The card belongs to the profile $4 no longer.
DELETE FROM loyalty_card_profiles WHERE account_id = $1 AND program_id = $2 AND card_id = $3 AND integration_id = $4;

-- find_card -- A card of a program by its identifier.
SELECT * FROM loyalty_cards WHERE account_id = $1 AND program_id = $2 AND identifier = $3;

-- profiles_of_card -- The profiles that a card is linked to, and since when.
SELECT integration_id, created FROM loyalty_card_profiles
WHERE account_id = $1 AND program_id = $2 AND card_id = $3
ORDER BY created, integration_id;

-- cards_of_profile -- The cards that profile $3 is on, of programs that are for Application $2, the oldest first.
SELECT c.*
FROM loyalty_card_profiles l
JOIN loyalty_programs p ON p.account_id = $1 AND p.id = l.program_id AND $2 = ANY (p.subscribed_applications)
JOIN loyalty_cards c ON c.account_id = $1 AND c.program_id = l.program_id AND c.id = l.card_id
WHERE l.account_id = $1 AND l.integration_id = $3
ORDER BY c.id
LIMIT $4;

-- set_card_attributes -- Other attributes for a card.
UPDATE loyalty_cards SET attributes = $4 WHERE account_id = $1 AND program_id = $2 AND id = $3 RETURNING *;

-- session_card -- A card with its profiles as a session of an Application sees it, through a program that is for it.
SELECT c.*, ARRAY(
    SELECT l.integration_id FROM loyalty_card_profiles l
    WHERE l.account_id = $1 AND l.program_id = c.program_id AND l.card_id = c.id
    ORDER BY l.created, l.integration_id
) AS profiles FROM loyalty_cards c
JOIN loyalty_programs p ON p.account_id = $1 AND p.id = c.program_id
WHERE c.account_id = $1 AND $2 = ANY (p.subscribed_applications) AND c.identifier = $3;
