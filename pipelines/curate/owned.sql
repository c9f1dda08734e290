-- The claims that nothing withholds; of an address of who trades as a person, town and country stay.
SELECT assigned.*
FROM assigned
ANTI JOIN withheld ON withheld.card_id = assigned.card_id AND withheld.field = assigned.field
    AND withheld.label = assigned.label AND withheld.value = assigned.value
UNION ALL BY NAME
SELECT
    assigned.* REPLACE (
        concat_ws(', ', nullif(assigned.locality, ''), nullif(assigned.region, ''), nullif(assigned.country_code, ''))
            AS value,
        '' AS street_address, '' AS postal_code
    )
FROM assigned
SEMI JOIN withheld ON withheld.card_id = assigned.card_id AND withheld.field = assigned.field
    AND withheld.label = assigned.label AND withheld.value = assigned.value AND withheld.code = 'sole_trader'
WHERE assigned.field = 'address' AND concat(assigned.locality, assigned.region, assigned.country_code) <> ''
