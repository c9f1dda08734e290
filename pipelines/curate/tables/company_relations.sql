-- Relations between organisations whose other end is known by its number.
WITH numbered AS (
    SELECT value, min(company_id) AS company_id FROM facts WHERE field = 'identifier' AND kind = 'company' GROUP BY value
)
SELECT
    md5(own.company_id || numbered.company_id || own.label) AS relation_id,
    own.company_id,
    numbered.company_id AS related_company_id,
    own.label AS kind,
    {common}
FROM facts AS own
JOIN numbered ON numbered.value = own.value
JOIN companies AS lower_end ON lower_end.company_id = own.company_id
JOIN companies AS upper_end ON upper_end.company_id = numbered.company_id
WHERE own.field = 'relation' AND own.label <> '' AND numbered.company_id <> own.company_id
