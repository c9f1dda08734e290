-- Postal addresses of organisations.
SELECT
    md5(own.subject || own.field || own.value) AS address_id,
    own.company_id,
    nullif(own.label, '') AS kind,
    nullif(own.street_address, '') AS street_address,
    nullif(own.locality, '') AS locality,
    nullif(own.region, '') AS region,
    nullif(own.postal_code, '') AS postal_code,
    nullif(own.country_code, '') AS country_code,
    own.value AS formatted,
    own.status AS verification_status,
    {common}
FROM facts AS own
JOIN companies ON companies.company_id = own.company_id
WHERE own.field = 'address' AND own.kind = 'company'
