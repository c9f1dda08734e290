-- What changes with time.
CREATE VIEW mart.stale_soon AS
SELECT contact.contact_id, contact.full_name, company.display_name AS company_name, contact.last_verified_at,
    contact.retain_until, contact.retain_until - current_date AS days_left
FROM curated.contacts AS contact
JOIN curated.employments AS job ON job.employment_id = contact.primary_employment_id
JOIN curated.companies AS company ON company.company_id = job.company_id
WHERE contact.retain_until < current_date + 90;

CREATE VIEW mart.job_changes AS
SELECT
    now.contact_id, contact.full_name,
    former.company_id AS former_company_id, left_company.display_name AS former_company, former.job_title AS former_title,
    former.end_date AS left_on,
    now.company_id AS company_id, company.display_name AS company_name, now.job_title, now.start_date AS joined_on
FROM curated.employments AS now
JOIN curated.employments AS former ON former.contact_id = now.contact_id AND NOT former.is_current
JOIN curated.contacts AS contact ON contact.contact_id = now.contact_id
JOIN curated.companies AS company ON company.company_id = now.company_id
JOIN curated.companies AS left_company ON left_company.company_id = former.company_id
WHERE now.is_current AND now.is_primary AND former.company_id <> now.company_id;

CREATE FUNCTION mart.as_of(moment timestamptz) RETURNS SETOF curated.contacts
LANGUAGE sql STABLE AS $$
    SELECT present.* FROM curated.contacts AS present WHERE present.recorded_at <= moment
    UNION ALL
    SELECT {contacts_columns} FROM history.contacts AS past
    WHERE past.recorded_at <= moment AND past.recorded_until > moment
$$;
COMMENT ON VIEW mart.stale_soon IS 'People whom the retention policy ends within 90 days unless a source confirms them.';
COMMENT ON VIEW mart.job_changes IS 'People with a former and a present employer.';
COMMENT ON FUNCTION mart.as_of(timestamptz) IS 'The contacts as they were published at a moment.';
