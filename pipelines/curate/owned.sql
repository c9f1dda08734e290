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
claimed AS (
    SELECT card_id, field, label, normal AS value, status, reasons, name_prefix, first_name, middle_name, last_name,
        name_suffix, street_address, locality, region, postal_code, country_code, domain, mailbox_kind, extension,
        line_type, platform, handle, page_kind, scheme, core, legal_form, seniority, department
    FROM claims
    WHERE normal <> '' AND status <> 'invalid'
)
SELECT
    cards.card_id, cards.source, cards.family, cards.trust, cards.record_id, cards.snapshot_id, cards.collected_at,
    cards.kind, cards.party, cards.role, cards.started_on, cards.ended_on, cards.stated_on,
    cards.company_id, cards.contact_id,
    CASE WHEN cards.kind = 'person' THEN md5(cards.contact_id || cards.company_id) ELSE '' END AS employment_id,
    CASE
        WHEN cards.kind = 'company' THEN cards.company_id
        WHEN claimed.field = 'full_name' THEN cards.contact_id
        ELSE md5(cards.contact_id || cards.company_id)
    END AS subject,
    greatest(date_diff('day', cards.stated_on, CAST(constants.as_of AS DATE)) // 30, 0) AS age_months,
    claimed.* EXCLUDE (card_id)
FROM cards
CROSS JOIN constants
JOIN claimed ON claimed.card_id = cards.card_id
