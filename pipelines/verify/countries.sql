-- The countries that addresses name, each once, as input of the verifying rule.
SELECT
    row_number() OVER (ORDER BY country_code) AS distinct_id,
    'country_code' AS field,
    country_code AS value,
    '' AS label,
    '' AS country,
    '' AS name_prefix, '' AS first_name, '' AS middle_name, '' AS last_name, '' AS name_suffix,
    '' AS street_address, '' AS locality, '' AS region, '' AS postal_code, '' AS country_code
FROM (SELECT DISTINCT country_code FROM claims WHERE country_code <> '') AS named
