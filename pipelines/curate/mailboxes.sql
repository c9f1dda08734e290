-- Every e-mail address with what is known of its domain, for the rule that asks for positive evidence.
WITH sites AS (
    SELECT DISTINCT company_id, domain FROM owned WHERE field = 'website' AND domain <> ''
),
users AS (
    SELECT
        domain,
        count(DISTINCT company_id) AS companies,
        count(DISTINCT company_id) FILTER (field = 'website') AS site_owners
    FROM owned
    WHERE domain <> '' AND field IN ('email_address', 'website')
    GROUP BY domain
),
staff AS (
    -- who is not shown vouches for nothing
    SELECT owned.company_id, owned.domain, count(DISTINCT owned.contact_id) AS people
    FROM owned
    JOIN employments ON employments.employment_id = owned.employment_id
    WHERE owned.field = 'email_address' AND employments.is_published AND employments.is_current
    GROUP BY owned.company_id, owned.domain
),
cores AS (
    SELECT company_id, string_agg(DISTINCT core, ';' ORDER BY core) AS cores
    FROM owned
    WHERE field = 'company_name' AND core <> ''
    GROUP BY company_id
)
SELECT DISTINCT
    owned.company_id,
    owned.domain,
    owned.mailbox_kind,
    coalesce(cores.cores, '') AS company_cores,
    sites.domain IS NOT NULL AS is_site,
    coalesce(staff.people, 0) AS staff_with_domain,
    users.companies AS companies_with_domain,
    users.site_owners AS companies_with_site
FROM owned
JOIN users ON users.domain = owned.domain
LEFT JOIN sites ON sites.company_id = owned.company_id AND sites.domain = owned.domain
LEFT JOIN staff ON staff.company_id = owned.company_id AND staff.domain = owned.domain
LEFT JOIN cores ON cores.company_id = owned.company_id
WHERE owned.field = 'email_address'
ORDER BY ALL
