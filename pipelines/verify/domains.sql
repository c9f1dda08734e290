-- Every registrable domain that e-mail addresses or web sites name, and how many cards use it.
SELECT
    claims.domain,
    count(DISTINCT claims.card_id) FILTER (claims.field = 'email_address' AND headers.kind = 'company') AS company_mail,
    count(DISTINCT claims.card_id) FILTER (claims.field = 'email_address' AND headers.kind = 'person') AS person_mail,
    count(DISTINCT claims.card_id) FILTER (claims.field = 'website') AS sites
FROM claims
JOIN headers ON headers.card_id = claims.card_id
WHERE claims.domain <> '' AND claims.status <> 'invalid'
GROUP BY claims.domain
ORDER BY claims.domain
