-- What is not published although it came through the gate, a row a claim with the code of its reason: one source
-- alone does not tell that an organisation is of a religion, party or union, or that somebody trades as a person.
WITH told AS (
    SELECT assigned.company_id, assigned.contact_id, answers.refusal
    FROM assigned
    JOIN answers ON answers.field = assigned.field AND answers.value = assigned.value
        AND answers.of_person = (assigned.kind = 'person')
    WHERE answers.refusal IN ('sensitive_sector', 'sensitive_title')
),
sectors AS (
    SELECT DISTINCT company_id FROM told WHERE refusal = 'sensitive_sector'
),
believers AS (
    SELECT DISTINCT contact_id FROM told WHERE refusal = 'sensitive_title'
),
traders AS (
    SELECT DISTINCT company_id FROM assigned WHERE kind = 'company' AND party = 'sole_trader'
)
SELECT * FROM (
    SELECT
        assigned.card_id, assigned.source, assigned.kind, assigned.field, assigned.label, assigned.value,
        CASE
            WHEN believers.contact_id IS NOT NULL THEN 'sensitive_title'
            WHEN sectors.company_id IS NOT NULL AND (assigned.kind = 'person' OR assigned.label = 'work_mobile'
                OR (assigned.field = 'email_address' AND assigned.mailbox_kind <> 'role')) THEN 'sensitive_sector'
            WHEN answers.refusal NOT IN ('', 'sensitive_sector', 'sensitive_title') THEN answers.refusal
            WHEN assigned.field = 'phone' AND (assigned.label IN ('home', 'mobile', 'pager')
                OR assigned.line_type = 'pager') THEN 'home_phone'
            WHEN assigned.field = 'phone' AND assigned.kind = 'person' AND assigned.line_type = 'mobile'
                AND coalesce(assigned.label, '') = '' THEN 'mobile_phone'
            WHEN assigned.field = 'phone' AND assigned.line_type IN ('premium_rate', 'personal_number')
                THEN 'premium_phone'
            WHEN assigned.field = 'address' AND assigned.label IN ('home', 'correspondence') THEN 'home_address'
            WHEN traders.company_id IS NOT NULL AND assigned.field IN ('email_address', 'phone', 'social_profile', 'website')
                THEN 'sole_trader'
            WHEN traders.company_id IS NOT NULL AND assigned.field = 'address'
                AND concat(assigned.street_address, assigned.postal_code) <> '' THEN 'sole_trader'
            ELSE ''
        END AS code
    FROM assigned
    LEFT JOIN answers ON answers.field = assigned.field AND answers.value = assigned.value
        AND answers.of_person = (assigned.kind = 'person')
    LEFT JOIN sectors ON sectors.company_id = assigned.company_id
    LEFT JOIN believers ON believers.contact_id = assigned.contact_id
    LEFT JOIN traders ON traders.company_id = assigned.company_id
) AS judged
WHERE code <> ''
