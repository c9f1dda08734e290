-- How sure each value of a single-valued field is, with its rivals.
SELECT
    subject, field, value, confidence, source_count, family_count, nullif(factors, '') AS factors,
    place = 1 AS is_winner
FROM facts
WHERE field IN ('company_name', 'full_name', 'job_title', 'legal_form', 'status', 'jurisdiction', 'incorporated_on',
    'dissolved_on', 'industry', 'department')
