-- Business e-mail addresses, of organisations and of people in their jobs.
SELECT
    md5(own.subject || own.field || own.value) AS email_id,
    own.company_id, nullif(own.contact_id, '') AS contact_id, nullif(own.employment_id, '') AS employment_id,
    own.value AS email_address,
    own.domain,
    own.mailbox_kind AS kind,
    own.status AS verification_status,
    own.evidence AS business_evidence,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
LEFT JOIN jobs ON jobs.employment_id = own.employment_id
WHERE own.field = 'email_address' AND (own.kind = 'company' OR jobs.employment_id IS NOT NULL)
