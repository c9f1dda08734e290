-- Business telephone numbers, of organisations and of people in their jobs.
SELECT
    md5(own.subject || own.field || own.value) AS phone_id,
    own.company_id, nullif(own.contact_id, '') AS contact_id, nullif(own.employment_id, '') AS employment_id,
    own.value AS e164,
    nullif(own.extension, '') AS extension,
    nullif(own.country_code, '') AS country_code,
    nullif(own.line_type, '') AS line_type,
    nullif(own.label, '') AS label,
    own.status AS verification_status,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
LEFT JOIN jobs ON jobs.employment_id = own.employment_id
WHERE own.field = 'phone' AND (own.kind = 'company' OR jobs.employment_id IS NOT NULL)
