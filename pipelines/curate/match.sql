-- The members of both kinds, with what the database keeps of them.
SELECT members.card_id, headers.kind, members.entity_id, CAST(round(members.probability, 3) AS VARCHAR) AS probability,
    headers.source, headers.record_id, nullif(headers.employer_card_id, '') AS employer_card_id
FROM members
JOIN headers ON headers.card_id = members.card_id
