-- Relations between organisations whose other end is known by its number; one upper end may stand in several relations.
WITH numbered AS (
    SELECT value, min(company_id) AS company_id FROM facts WHERE field = 'identifier' AND kind = 'company' GROUP BY value
),
kinds AS (
    SELECT DISTINCT subject, value, label FROM published WHERE field = 'relation' AND label <> ''
)
SELECT DISTINCT ON (relation_id)
    md5(own.company_id || numbered.company_id || kinds.label) AS relation_id,
    own.company_id,
    numbered.company_id AS related_company_id,
    kinds.label AS kind,
    {common}
FROM facts AS own
JOIN kinds ON kinds.subject = own.subject AND kinds.value = own.value
JOIN numbered ON numbered.value = own.value
JOIN companies AS lower_end ON lower_end.company_id = own.company_id
JOIN companies AS upper_end ON upper_end.company_id = numbered.company_id
WHERE own.field = 'relation' AND numbered.company_id <> own.company_id
ORDER BY relation_id, own.confidence DESC, own.value
