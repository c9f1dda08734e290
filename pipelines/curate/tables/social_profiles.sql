-- Business social pages.
SELECT
    md5(own.subject || own.field || own.value) AS social_profile_id,
    own.company_id, nullif(own.contact_id, '') AS contact_id, nullif(own.employment_id, '') AS employment_id,
    own.platform,
    nullif(own.handle, '') AS handle,
    own.value AS url,
    nullif(own.page_kind, '') AS kind,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
LEFT JOIN jobs ON jobs.employment_id = own.employment_id
WHERE own.field = 'social_profile' AND own.platform <> '' AND (own.kind = 'company' OR jobs.employment_id IS NOT NULL)
