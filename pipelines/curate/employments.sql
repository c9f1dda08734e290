-- Every role of a person at an organisation, from all its cards: when it was last confirmed, whether it has ended,
-- and whether the retention policy still allows it.
WITH cards AS (
    SELECT DISTINCT card_id, source, family, trust, collected_at, role, started_on, ended_on, stated_on, said_on,
        company_id, contact_id, employment_id
    FROM owned
    WHERE kind = 'person'
),
roles AS (
    SELECT
        employment_id,
        min(contact_id) AS contact_id,
        min(company_id) AS company_id,
        min_by(role, CASE role WHEN 'owner' THEN 1 WHEN 'director' THEN 2 WHEN 'officer' THEN 3 WHEN 'employee' THEN 4
            WHEN 'contact_point' THEN 5 WHEN 'agent' THEN 6 ELSE 7 END) AS role_type,
        min(nullif(started_on, '')) AS started_on,
        -- the latest word on whether the role has ended counts
        max_by(ended_on, (said_on, card_id)) AS ended_on,
        max(stated_on) AS verified_on,
        min(collected_at) AS first_seen
    FROM cards
    GROUP BY employment_id
),
next_roles AS (
    -- an employee whose next job began after the last word on this one has left it; seats on boards may be several
    SELECT old.employment_id, min(next.started_on) AS began_on
    FROM roles AS old
    JOIN roles AS next ON next.contact_id = old.contact_id AND next.started_on > CAST(old.verified_on AS VARCHAR)
    WHERE old.role_type IN ('employee', 'contact_point', '') AND next.role_type IN ('employee', 'officer')
    GROUP BY old.employment_id
),
dated AS (
    SELECT roles.* REPLACE (coalesce(nullif(roles.ended_on, ''), next_roles.began_on, '') AS ended_on)
    FROM roles
    LEFT JOIN next_roles ON next_roles.employment_id = roles.employment_id
),
judged AS (
    SELECT
        roles.*,
        CAST(constants.as_of AS DATE) AS today,
        roles.verified_on + to_months(CAST(constants.contact_months AS INTEGER)) AS retain_until,
        roles.ended_on <> '' AND roles.ended_on <= constants.as_of AS has_ended
    FROM dated AS roles
    CROSS JOIN constants
),
aged AS (
    SELECT
        *,
        NOT has_ended AND retain_until >= today AS is_current,
        has_ended AND coalesce(TRY_CAST(CASE length(ended_on) WHEN 4 THEN ended_on || '-12-31'
            WHEN 7 THEN ended_on || '-28' ELSE left(ended_on, 10) END AS DATE), DATE '1900-01-01')
            + INTERVAL 24 MONTH >= today AS is_history
    FROM judged
)
SELECT
    aged.*,
    -- a person is shown while one job is current; then former jobs of the last years are history, not contact data
    bool_or(is_current) OVER (PARTITION BY contact_id) AND (is_current OR is_history) AS is_published,
    row_number() OVER (PARTITION BY contact_id ORDER BY is_current DESC, verified_on DESC, employment_id) = 1
        AS is_primary
FROM aged
