-- How sure companies, people and jobs are themselves, and who states them.
WITH stated AS (
    SELECT company_id AS entity, 'company' AS field, source, collected_at, stated_on FROM published
    WHERE kind = 'company'
    UNION ALL
    SELECT contact_id, 'contact', source, collected_at, stated_on FROM published WHERE kind = 'person'
    UNION ALL
    SELECT employment_id, 'employment', source, collected_at, stated_on FROM published WHERE kind = 'person'
),
people AS (
    -- a person stays as long as the job that stays longest; an organisation as long as its sources hold it
    SELECT employment_id AS subject, retain_until FROM employments
    UNION ALL
    SELECT contact_id, max(retain_until) FROM employments WHERE is_published GROUP BY contact_id
),
support AS (
    SELECT entity AS subject, field,
        list_sort(list(DISTINCT source)) AS sources,
        min(collected_at) AS first_seen,
        max(collected_at) AS last_seen,
        max(stated_on) AS last_verified_at
    FROM stated GROUP BY entity, field
)
SELECT support.*, people.retain_until, scores.confidence, scores.source_count, scores.family_count
FROM support
JOIN scores ON scores.subject = support.subject AND scores.field = support.field
LEFT JOIN people ON people.subject = support.subject
