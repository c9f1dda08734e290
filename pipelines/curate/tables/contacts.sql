-- The golden record of each person.
SELECT
    names.contact_id,
    names.value AS full_name,
    nullif(names.first_name, '') AS first_name,
    nullif(names.middle_name, '') AS middle_name,
    nullif(names.last_name, '') AS last_name,
    nullif(names.name_prefix, '') AS name_prefix,
    nullif(names.name_suffix, '') AS name_suffix,
    jobs.employment_id AS primary_employment_id,
    companies.country_code,
    {common}
FROM facts AS names
JOIN employments AS jobs ON jobs.contact_id = names.contact_id AND jobs.is_primary
JOIN companies ON companies.company_id = jobs.company_id
JOIN entities AS own ON own.subject = names.contact_id AND own.field = 'contact'
WHERE names.field = 'full_name' AND names.place = 1
