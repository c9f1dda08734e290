-- Which record of which snapshot states each published value.
SELECT
    md5(card_id || field || value || min(label)) AS claim_id,
    min(source) AS source, min(snapshot_id) AS snapshot_id, min(record_id) AS record_id, card_id, field, value,
    nullif(min(label), '') AS label,
    min(company_id) AS company_id, nullif(min(contact_id), '') AS contact_id,
    nullif(min(employment_id), '') AS employment_id,
    min(status) AS verification_status, nullif(min(reasons), '') AS findings,
    max(stated_on) AS stated_on, min(collected_at) AS first_seen, max(collected_at) AS last_seen
FROM published
GROUP BY card_id, field, value
