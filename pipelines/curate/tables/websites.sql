-- Web sites of organisations.
SELECT
    md5(own.subject || own.field || own.value) AS website_id,
    own.company_id,
    own.value AS url,
    own.domain,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
WHERE own.field = 'website' AND own.kind = 'company'
