-- The queue of stewards: pairs that a person should look at, with what each card calls itself.
CREATE VIEW match.review AS
WITH waiting AS (
    SELECT
        decision.*,
        one.entity_id AS left_entity, other.entity_id AS right_entity,
        one.source AS left_source, one.record_id AS left_record,
        other.source AS right_source, other.record_id AS right_record,
        one.employer_card_id AS left_employer, other.employer_card_id AS right_employer,
        (SELECT sum(said[1]::numeric)
         FROM regexp_matches(decision.reasons, ':([+-][0-9]+(?:\.[0-9]+)?)', 'g') AS said) AS evidence
    FROM match.decisions AS decision
    JOIN match.members AS one ON one.card_id = decision.left_id
    JOIN match.members AS other ON other.card_id = decision.right_id
),
unsettled AS (
    SELECT *, CASE
        WHEN reasons LIKE 'judgement=%' THEN 'contradicted'
        WHEN held_apart_by IN ('judgement', 'number', 'group') THEN 'vetoed'
        WHEN held_apart_by = 'neighbours' OR weight <= 0 AND left_entity = right_entity THEN 'outvoted'
        WHEN reasons LIKE '%rule:%' AND sign(evidence) <> sign(weight) THEN 'rule'
        ELSE 'unsure' END AS why
    FROM waiting
    WHERE outcome = 'review' OR abs(weight) < 4 OR (reasons LIKE '%rule:%' AND sign(evidence) <> sign(weight))
)
SELECT
    pair.kind, pair.why, pair.weight, pair.probability, pair.held_apart_by,
    pair.left_id, pair.right_id,
    coalesce(left_name.value, left_company.display_name, left_contact.full_name) AS left_name,
    coalesce(right_name.value, right_company.display_name, right_contact.full_name) AS right_name,
    left_place.value AS left_at, right_place.value AS right_at,
    pair.left_source, pair.left_record, pair.right_source, pair.right_record,
    pair.left_entity, pair.right_entity, pair.left_entity = pair.right_entity AS is_one,
    greatest(left_name.first_seen, right_name.first_seen) AS seen_at,
    pair.reasons
FROM unsettled AS pair
LEFT JOIN curated.companies AS left_company ON left_company.company_id = pair.left_entity
LEFT JOIN curated.companies AS right_company ON right_company.company_id = pair.right_entity
LEFT JOIN curated.contacts AS left_contact ON left_contact.contact_id = pair.left_entity
LEFT JOIN curated.contacts AS right_contact ON right_contact.contact_id = pair.right_entity
LEFT JOIN LATERAL (
    SELECT value, first_seen FROM evidence.claims
    WHERE card_id = pair.left_id AND field IN ('company_name', 'full_name')
    ORDER BY label = 'former', label, value LIMIT 1
) AS left_name ON true
LEFT JOIN LATERAL (
    SELECT value, first_seen FROM evidence.claims
    WHERE card_id = pair.right_id AND field IN ('company_name', 'full_name')
    ORDER BY label = 'former', label, value LIMIT 1
) AS right_name ON true
LEFT JOIN LATERAL (
    SELECT value FROM evidence.claims
    WHERE (card_id = pair.left_id AND field = 'address') OR (card_id = pair.left_employer AND field = 'company_name')
    ORDER BY label = 'former', label, value LIMIT 1
) AS left_place ON true
LEFT JOIN LATERAL (
    SELECT value FROM evidence.claims
    WHERE (card_id = pair.right_id AND field = 'address') OR (card_id = pair.right_employer AND field = 'company_name')
    ORDER BY label = 'former', label, value LIMIT 1
) AS right_place ON true
-- who has just judged a pair does not want to see it again before the next run
WHERE pair.why = 'contradicted' OR NOT EXISTS (
    SELECT FROM match.judgements AS said
    WHERE said.withdrawn_at IS NULL
        AND (said.left_id, said.right_id) IN ((pair.left_id, pair.right_id), (pair.right_id, pair.left_id)))
ORDER BY abs(pair.weight), pair.left_id, pair.right_id;
COMMENT ON VIEW match.review IS
    'Pairs of cards for a person to judge, the most uncertain first: unsure, rule, outvoted, vetoed or contradicted.';
