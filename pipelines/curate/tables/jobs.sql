-- The roles of the people shown.
WITH titles AS (
    SELECT subject, value, seniority, department FROM facts WHERE field = 'job_title' AND place = 1
),
units AS (
    SELECT subject, value FROM facts WHERE field = 'department' AND place = 1
)
SELECT
    jobs.employment_id,
    jobs.contact_id,
    jobs.company_id,
    nullif(jobs.role_type, '') AS role_type,
    titles.value AS job_title,
    nullif(titles.seniority, '') AS seniority,
    coalesce(units.value, nullif(titles.department, '')) AS department,
    TRY_CAST(CASE length(jobs.started_on) WHEN 4 THEN jobs.started_on || '-01-01' WHEN 7 THEN jobs.started_on || '-01'
        WHEN 10 THEN jobs.started_on END AS DATE) AS start_date,
    CASE length(jobs.started_on) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END AS start_date_precision,
    TRY_CAST(CASE length(jobs.ended_on) WHEN 4 THEN jobs.ended_on || '-01-01' WHEN 7 THEN jobs.ended_on || '-01'
        WHEN 10 THEN jobs.ended_on END AS DATE) AS end_date,
    CASE length(jobs.ended_on) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END AS end_date_precision,
    jobs.is_current,
    jobs.is_primary,
    {common}
FROM employments AS jobs
JOIN contacts ON contacts.contact_id = jobs.contact_id
JOIN companies ON companies.company_id = jobs.company_id
JOIN entities AS own ON own.subject = jobs.employment_id AND own.field = 'employment'
LEFT JOIN titles ON titles.subject = jobs.employment_id
LEFT JOIN units ON units.subject = jobs.employment_id
WHERE jobs.is_published
