-- What each source states, a row per subject, field, value and source, for scoring. That a company, a person or a
-- job exists is itself a statement, of the fields `company`, `contact` and `employment`.
WITH stated AS (
    SELECT subject, field, value, source, family, trust, age_months, status FROM published
    UNION ALL
    SELECT company_id, 'company', company_id, source, family, trust, age_months, 'valid' FROM published
    WHERE kind = 'company'
    UNION ALL
    SELECT contact_id, 'contact', contact_id, source, family, trust, age_months, 'valid' FROM published
    WHERE kind = 'person'
    UNION ALL
    SELECT employment_id, 'employment', employment_id, source, family, trust, age_months, 'valid' FROM published
    WHERE kind = 'person'
)
SELECT
    subject, field, value, source,
    min(family) AS family,
    max(CAST(trust AS DOUBLE)) AS trust,
    min(age_months) AS age_months,
    -- the best check outcome stands: a repaired copy does not taint a clean one
    min_by(status, CASE status WHEN 'valid' THEN 1 WHEN 'unknown' THEN 2 WHEN 'risky' THEN 3 ELSE 4 END) AS status
FROM stated
GROUP BY subject, field, value, source
ORDER BY subject, field, value, source
