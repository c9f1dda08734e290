-- One line per person and per company, for everyday use. What may not be shown is not published; that the views leave it
-- out as well is the third line of defence.
CREATE VIEW mart.company_current AS
SELECT
    company.company_id, company.display_name, company.legal_name, company.former_names, company.party, company.status,
    company.country_code, company.primary_domain, company.industry,
    phone.e164 AS phone, email.email_address AS email_address, address.formatted AS address,
    (SELECT string_agg(number.scheme || ':' || number.value, ' ' ORDER BY number.scheme, number.value)
     FROM curated.identifiers AS number WHERE number.company_id = company.company_id) AS identifiers,
    (SELECT count(*) FROM curated.employments AS job
     WHERE job.company_id = company.company_id AND job.is_current) AS people,
    company.confidence, company.sources, company.last_verified_at
FROM curated.companies AS company
LEFT JOIN LATERAL (
    SELECT e164 FROM curated.phones
    WHERE company_id = company.company_id AND contact_id IS NULL AND label IS DISTINCT FROM 'fax'
        AND coalesce(label, '') NOT IN ('home', 'mobile', 'pager') AND company.party <> 'sole_trader'
        AND coalesce(line_type, '') NOT IN ('pager', 'premium_rate', 'personal_number')
    ORDER BY confidence DESC, e164 LIMIT 1
) AS phone ON true
LEFT JOIN LATERAL (
    SELECT email_address FROM curated.emails
    WHERE company_id = company.company_id AND contact_id IS NULL
        AND business_evidence <> '' AND company.party <> 'sole_trader'
    ORDER BY confidence DESC, email_address LIMIT 1
) AS email ON true
LEFT JOIN LATERAL (
    SELECT formatted FROM curated.addresses
    WHERE company_id = company.company_id AND coalesce(kind, '') NOT IN ('home', 'correspondence')
        AND (company.party <> 'sole_trader' OR concat(street_address, postal_code) = '')
    ORDER BY CASE kind WHEN 'headquarters' THEN 1 WHEN 'registered' THEN 2 ELSE 3 END, confidence DESC, formatted
    LIMIT 1
) AS address ON true;

CREATE VIEW mart.contact_current AS
SELECT
    contact.contact_id, contact.full_name, contact.first_name, contact.last_name,
    job.employment_id, job.job_title, job.seniority, job.department, job.role_type,
    company.company_id, company.display_name AS company_name, company.primary_domain,
    email.email_address AS work_email, phone.e164 AS work_phone, phone.extension, contact.country_code,
    contact.confidence, job.confidence AS job_confidence, email.confidence AS email_confidence,
    phone.confidence AS phone_confidence, contact.sources, contact.last_verified_at, contact.retain_until
FROM curated.contacts AS contact
JOIN curated.employments AS job ON job.employment_id = contact.primary_employment_id
JOIN curated.companies AS company ON company.company_id = job.company_id
LEFT JOIN LATERAL (
    SELECT email_address, confidence FROM curated.emails
    WHERE employment_id = job.employment_id AND business_evidence <> '' AND company.party <> 'sole_trader'
    ORDER BY (kind = 'named') DESC, confidence DESC, email_address LIMIT 1
) AS email ON true
LEFT JOIN LATERAL (
    SELECT e164, extension, confidence FROM curated.phones
    WHERE employment_id = job.employment_id AND label IS DISTINCT FROM 'fax'
        AND coalesce(label, '') NOT IN ('home', 'mobile', 'pager') AND company.party <> 'sole_trader'
        AND coalesce(line_type, '') NOT IN ('pager', 'premium_rate', 'personal_number')
    ORDER BY confidence DESC, e164 LIMIT 1
) AS phone ON true;

CREATE VIEW mart.contactable AS
SELECT contact.*
FROM mart.contact_current AS contact
WHERE (contact.work_email IS NOT NULL OR contact.work_phone IS NOT NULL)
    AND contact.job_confidence >= 0.8
    AND contact.retain_until >= current_date;
COMMENT ON VIEW mart.company_current IS 'One line per company with its best phone, e-mail, address and its numbers.';
COMMENT ON VIEW mart.contact_current IS 'One line per person with the job to show and its best e-mail and phone.';
COMMENT ON VIEW mart.contactable IS 'People with a fresh, confident job and a way to reach them there.';
