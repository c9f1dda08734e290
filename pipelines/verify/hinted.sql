-- Every claim with the country it is to be read in, and a number that equal claims share.
WITH named AS (
    SELECT claims.card_id, min(countries.normal) AS country
    FROM claims
    JOIN raw_countries ON raw_countries.value = claims.country_code
    JOIN countries ON countries.distinct_id = raw_countries.distinct_id
    WHERE claims.field = 'address' AND countries.normal <> ''
    GROUP BY claims.card_id
),
hints AS (
    SELECT headers.card_id, coalesce(own.country, employer.country, sources.country, '') AS country
    FROM headers
    JOIN sources ON sources.source = headers.source
    LEFT JOIN named AS own ON own.card_id = headers.card_id
    LEFT JOIN named AS employer ON employer.card_id = headers.employer_card_id
)
SELECT
    dense_rank() OVER (
        ORDER BY field, value, label, country, name_prefix, first_name, middle_name, last_name, name_suffix,
            street_address, locality, region, postal_code, country_code
    ) AS distinct_id,
    seen.*
FROM (SELECT DISTINCT claims.*, hints.country FROM claims JOIN hints ON hints.card_id = claims.card_id) AS seen
