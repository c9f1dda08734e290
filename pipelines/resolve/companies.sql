-- Company cards, one row each, in the flat form that linking reads.
WITH usable AS (SELECT * FROM claims WHERE normal <> '' AND status <> 'invalid')
SELECT
    headers.card_id,
    headers.source,
    coalesce(min_by(normal, CASE label WHEN 'legal' THEN 1 WHEN '' THEN 2 WHEN 'trading' THEN 3 ELSE 4 END || normal)
        FILTER (field = 'company_name'), '') AS company_name,
    coalesce(string_agg(DISTINCT normal, ';' ORDER BY normal)
        FILTER (field = 'company_name' AND label IN ('former', 'trading', 'other')), '') AS former_names,
    coalesce(min(normal) FILTER (field = 'email_address'), '') AS email_address,
    coalesce(min(normal) FILTER (field = 'phone' AND label <> 'fax'), '') AS phone,
    coalesce(min_by(street_address, place) FILTER (field = 'address'), '') AS street_address,
    coalesce(min_by(locality, place) FILTER (field = 'address'), '') AS locality,
    coalesce(min_by(region, place) FILTER (field = 'address'), '') AS region,
    coalesce(min_by(postal_code, place) FILTER (field = 'address'), '') AS postal_code,
    coalesce(min_by(country_code, place) FILTER (field = 'address'), '') AS country_code,
    coalesce(min(domain) FILTER (field = 'website'), '') AS website,
    coalesce(string_agg(DISTINCT normal, ';' ORDER BY normal) FILTER (field = 'identifier'), '') AS identifiers
FROM headers
LEFT JOIN (
    SELECT *, CASE label WHEN 'headquarters' THEN 1 WHEN 'registered' THEN 2 WHEN 'trading' THEN 3 ELSE 4 END
        || normal AS place
    FROM usable
) AS claims ON claims.card_id = headers.card_id
WHERE headers.kind = 'company'
GROUP BY headers.card_id, headers.source
ORDER BY headers.card_id
