-- Person cards, one row each, with the employer that their company card was resolved to.
WITH usable AS (SELECT * FROM claims WHERE normal <> '' AND status <> 'invalid')
SELECT
    headers.card_id,
    headers.source,
    coalesce(min(normal) FILTER (field = 'full_name'), '') AS full_name,
    coalesce(min_by(claims.first_name, normal) FILTER (field = 'full_name'), '') AS first_name,
    coalesce(min_by(claims.last_name, normal) FILTER (field = 'full_name'), '') AS last_name,
    coalesce(min(normal) FILTER (field = 'job_title'), '') AS job_title,
    coalesce(min(normal) FILTER (field = 'email_address'), '') AS email_address,
    coalesce(min(normal) FILTER (field = 'phone' AND label <> 'fax'), '') AS phone,
    coalesce(min(employers.company_name), '') AS company_name,
    coalesce(min(employers.locality), '') AS locality,
    coalesce(min(employers.region), '') AS region,
    coalesce(min(employers.postal_code), '') AS postal_code,
    coalesce(min(employers.country_code), '') AS country_code,
    coalesce(min(employers.website), '') AS website,
    coalesce(string_agg(DISTINCT normal, ';' ORDER BY normal) FILTER (field = 'identifier'), '') AS identifiers,
    min(members.entity_id) AS employer_id
FROM headers
JOIN members ON members.card_id = headers.employer_card_id
JOIN employers ON employers.card_id = headers.employer_card_id
LEFT JOIN usable AS claims ON claims.card_id = headers.card_id
WHERE headers.kind = 'person'
GROUP BY headers.card_id, headers.source
HAVING count(*) FILTER (field = 'full_name') > 0
ORDER BY headers.card_id
