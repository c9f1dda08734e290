-- The values of which the gate's rules are asked once more, now that every source has said whose they are: what an
-- organisation with named people is, what their titles say, pages, and texts that may hold what belongs elsewhere.
WITH peopled AS (
    SELECT DISTINCT company_id
    FROM assigned
    WHERE kind = 'person' OR (field = 'email_address' AND mailbox_kind <> 'role') OR label = 'work_mobile'
)
SELECT DISTINCT field, value, kind = 'person' AS of_person
FROM assigned
WHERE
    (field IN ('company_name', 'industry') AND kind = 'company' AND company_id IN (SELECT company_id FROM peopled))
    OR field IN ('job_title', 'social_profile')
    OR (field <> 'email_address' AND contains(value, '@'))
    OR regexp_matches(value, '[0-9](.?[0-9]){12}')
ORDER BY ALL
