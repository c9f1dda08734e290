-- Numbers of organisations in public registers.
SELECT
    md5(own.subject || own.field || own.value) AS identifier_id,
    own.company_id,
    own.scheme,
    substr(own.value, length(own.scheme) + 2) AS value,
    own.status AS verification_status,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
WHERE own.field = 'identifier' AND own.kind = 'company' AND own.scheme <> ''
