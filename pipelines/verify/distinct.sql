-- Each different claim once: row work is done on these only.
SELECT DISTINCT
    distinct_id, field, value, label, country, name_prefix, first_name, middle_name, last_name, name_suffix,
    street_address, locality, region, postal_code, country_code
FROM hinted
ORDER BY distinct_id
