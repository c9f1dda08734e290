-- The reasons of decisions, a row a part, in words.
CREATE VIEW match.reasons AS
SELECT
    decision.left_id, decision.right_id, decision.kind, part.place::integer AS place,
    named.term, named.level, substring(part.said FROM ':([+-][0-9]+(?:\.[0-9]+)?)$')::numeric AS weight,
    meaning.sentence
FROM match.decisions AS decision
CROSS JOIN LATERAL string_to_table(decision.reasons, ' ') WITH ORDINALITY AS part (said, place)
CROSS JOIN LATERAL (SELECT regexp_replace(part.said, ':[+-][0-9.]+$', '') AS text) AS head
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN head.text LIKE 'rule:%' THEN 'rule' ELSE split_part(head.text, '=', 1) END AS term,
        CASE WHEN head.text LIKE 'rule:%' THEN substr(head.text, 6) ELSE nullif(split_part(head.text, '=', 2), '') END
            AS level
) AS named
LEFT JOIN match.terms AS meaning ON meaning.kind = decision.kind AND meaning.term = CASE
    WHEN named.term = 'rule' THEN head.text WHEN named.term LIKE 'number:%' THEN 'number' ELSE named.term END;
COMMENT ON VIEW match.reasons IS
    'The reasons of decisions, a row a part: field, level, weight (log-odds) and what the field or rule means.';
