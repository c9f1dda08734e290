-- Every value with its score, its support, and its rank among its rivals. The order of survivorship: a legal name
-- before other names, a spelt-out name before initials, then confidence, then the latest word, then the alphabet.
WITH support AS (
    SELECT subject, field, value,
        list_sort(list(DISTINCT source)) AS sources,
        min(collected_at) AS first_seen,
        max(collected_at) AS last_seen,
        max(stated_on) AS last_verified_at,
        min_by(label, CASE label WHEN 'legal' THEN 1 WHEN 'registered' THEN 1 WHEN 'headquarters' THEN 2
            WHEN 'trading' THEN 3 WHEN '' THEN 8 WHEN 'former' THEN 9 ELSE 5 END || label) AS label,
        min_by(status, CASE status WHEN 'valid' THEN 1 WHEN 'unknown' THEN 2 WHEN 'risky' THEN 3 ELSE 4 END) AS status,
        max(evidence) AS evidence
    FROM published GROUP BY subject, field, value
),
described AS (
    SELECT DISTINCT ON (subject, field, value)
        subject, field, value, kind, company_id, contact_id, employment_id, name_prefix, first_name, middle_name,
        last_name, name_suffix, street_address, locality, region, postal_code, country_code, domain, mailbox_kind,
        extension, line_type, platform, handle, page_kind, scheme, core, legal_form, display_name,
        seniority, department
    FROM published
    ORDER BY subject, field, value, trust DESC, stated_on DESC, card_id
)
SELECT
    described.*, support.* EXCLUDE (subject, field, value),
    employments.retain_until,
    scores.confidence, scores.source_count, scores.family_count, scores.factors,
    row_number() OVER (
        PARTITION BY described.subject, described.field
        ORDER BY
            CASE WHEN described.field <> 'company_name' THEN 0
                ELSE CASE support.label WHEN 'legal' THEN 1 WHEN '' THEN 2 WHEN 'trading' THEN 3 WHEN 'other' THEN 4
                    ELSE 5 END END,
            CASE WHEN described.field = 'full_name' AND length(described.first_name) > 1
                AND described.first_name NOT LIKE '_.%' THEN 0 ELSE 1 END,
            scores.confidence DESC,
            support.last_verified_at DESC,
            length(described.value) DESC,
            described.value
    ) AS place
FROM described
JOIN support USING (subject, field, value)
JOIN scores USING (subject, field, value)
LEFT JOIN employments ON employments.employment_id = described.employment_id
