-- Every usable claim with the company, person and job it belongs to. `subject` is whom the value describes:
-- a name the person, what else stands on a person's card the job, the rest the organisation.
WITH cards AS (
    SELECT
        headers.*,
        CASE WHEN headers.kind = 'company' THEN own.entity_id ELSE employer.entity_id END AS company_id,
        CASE WHEN headers.kind = 'person' THEN own.entity_id ELSE '' END AS contact_id
    FROM headers
    JOIN members AS own ON own.card_id = headers.card_id
    LEFT JOIN members AS employer ON employer.card_id = headers.employer_card_id
    WHERE headers.kind = 'company' OR employer.entity_id IS NOT NULL
),
former AS (
    -- a job that a record stated before: a card of its own, which says that the job has ended
    SELECT
        cards.* REPLACE (
            md5(job.card_id || job.employer_card_id) AS card_id, job.role_type AS role,
            coalesce(job.started_on, '') AS started_on, job.ended_on AS ended_on, job.stated_on AS stated_on,
            employer.entity_id AS company_id
        ),
        cards.card_id AS person_card_id, cards.stated_on AS said_on, job.job_title, job.seniority, job.department
    FROM former_jobs AS job
    JOIN cards ON cards.card_id = job.card_id
    JOIN members AS employer ON employer.card_id = job.employer_card_id
),
claimed AS (
    SELECT card_id, field, label, normal AS value, status, reasons, name_prefix, first_name, middle_name, last_name,
        name_suffix, street_address, locality, region, postal_code, country_code, domain, mailbox_kind, extension,
        line_type, platform, handle, page_kind, scheme, core, legal_form, display_name,
        seniority, department
    FROM claims
    WHERE normal <> '' AND status <> 'invalid'
),
every_card AS (
    SELECT *, stated_on AS said_on FROM cards
    UNION ALL BY NAME
    SELECT * EXCLUDE (person_card_id, job_title, seniority, department) FROM former
),
every_claim AS (
    SELECT * FROM claimed
    UNION ALL BY NAME
    SELECT claimed.* REPLACE (former.card_id AS card_id)
    FROM former
    JOIN claimed ON claimed.card_id = former.person_card_id AND claimed.field = 'full_name'
    UNION ALL BY NAME
    SELECT card_id, 'job_title' AS field, '' AS label, job_title AS value, 'valid' AS status, '' AS reasons,
        seniority, department
    FROM former
    WHERE job_title IS NOT NULL
)
SELECT
    cards.card_id, cards.source, cards.family, cards.trust, cards.record_id, cards.snapshot_id, cards.collected_at,
    cards.kind, cards.party, cards.role, cards.started_on, cards.ended_on, cards.stated_on,
    cards.said_on, cards.company_id, cards.contact_id,
    CASE WHEN cards.kind = 'person' THEN md5(cards.contact_id || cards.company_id) ELSE '' END AS employment_id,
    CASE
        WHEN cards.kind = 'company' THEN cards.company_id
        WHEN claimed.field = 'full_name' THEN cards.contact_id
        ELSE md5(cards.contact_id || cards.company_id)
    END AS subject,
    greatest(date_diff('day', cards.stated_on, CAST(constants.as_of AS DATE)) // 30, 0) AS age_months,
    claimed.* EXCLUDE (card_id)
FROM every_card AS cards
CROSS JOIN constants
JOIN every_claim AS claimed ON claimed.card_id = cards.card_id
