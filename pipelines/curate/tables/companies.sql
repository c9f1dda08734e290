-- The golden record of each organisation.
WITH best AS (
    SELECT
        company_id,
        min(value) FILTER (field = 'legal_form' AND place = 1) AS legal_form,
        min(value) FILTER (field = 'status' AND place = 1) AS status,
        min(value) FILTER (field = 'jurisdiction' AND place = 1) AS jurisdiction,
        min(value) FILTER (field = 'incorporated_on' AND place = 1) AS incorporated_on,
        min(value) FILTER (field = 'dissolved_on' AND place = 1) AS dissolved_on,
        min(value) FILTER (field = 'industry' AND place = 1) AS industry,
        min(domain) FILTER (field = 'website' AND place = 1) AS primary_domain,
        min_by(value, place) FILTER (field = 'company_name' AND label IN ('legal', '')) AS legal_name,
        min_by(coalesce(nullif(display_name, ''), value),
            (CASE label WHEN 'trading' THEN 1 WHEN 'legal' THEN 2 WHEN '' THEN 2 WHEN 'former' THEN 4 ELSE 3 END, place))
            FILTER (field = 'company_name') AS display_name,
        min(value) FILTER (field = 'identifier' AND place = 1) AS number,
        list_sort(list(DISTINCT value) FILTER (field = 'company_name' AND label = 'former')) AS former_names,
        list_sort(list(DISTINCT value) FILTER (field = 'company_name' AND label <> 'former')) AS names,
        min_by(country_code, (CASE label WHEN 'headquarters' THEN 1 WHEN 'registered' THEN 2 ELSE 3 END, place))
            FILTER (field = 'address' AND country_code <> '') AS country_code
    FROM facts
    WHERE kind = 'company'
    GROUP BY company_id
),
parties AS (
    SELECT company_id, min_by(party, CASE party WHEN 'sole_trader' THEN 1 WHEN 'public_body' THEN 2
        WHEN 'company' THEN 3 ELSE 4 END) AS party
    FROM published WHERE kind = 'company' GROUP BY company_id
)
SELECT
    best.company_id,
    best.legal_name,
    -- a company that is so far known by its number only is shown by it
    coalesce(best.display_name, best.number, 'unnamed') AS display_name,
    coalesce(best.former_names, CAST([] AS VARCHAR[])) AS former_names,
    coalesce(list_filter(best.names, lambda name: name IS DISTINCT FROM best.legal_name), CAST([] AS VARCHAR[]))
        AS other_names,
    best.legal_form,
    parties.party,
    best.status,
    best.jurisdiction,
    best.country_code,
    TRY_CAST(best.incorporated_on AS DATE) AS incorporated_on,
    TRY_CAST(best.dissolved_on AS DATE) AS dissolved_on,
    best.industry,
    best.primary_domain,
    {common}
FROM best
JOIN parties ON parties.company_id = best.company_id
JOIN entities AS own ON own.subject = best.company_id AND own.field = 'company'
