-- Jobs that a record stated until it named another employer: those remembered, and those that ended since the last
-- publication. Each hangs on two cards, the person's and one of the former employer's, so that it goes where these go.
WITH people AS (
    SELECT headers.card_id, headers.employer_card_id, headers.started_on, headers.stated_on,
        employer.entity_id AS company_id
    FROM headers
    JOIN members AS own ON own.card_id = headers.card_id
    JOIN members AS employer ON employer.card_id = headers.employer_card_id
    WHERE headers.kind = 'person'
),
named AS (
    SELECT DISTINCT card_id, normal AS name FROM claims
    WHERE field = 'company_name' AND normal <> '' AND status <> 'invalid'
),
moved AS (
    SELECT people.*, last_own.entity_id AS last_contact, last_own.employer_card_id AS last_card,
        last_employer.entity_id AS last_company
    FROM people
    JOIN last_members AS last_own ON last_own.card_id = people.card_id
    JOIN last_members AS last_employer ON last_employer.card_id = last_own.employer_card_id
    -- the record itself must have changed: an organisation that was merged, split or renamed is no new employer
    WHERE NOT EXISTS (
            SELECT 1 FROM last_names JOIN named ON named.name = last_names.name
            WHERE last_names.card_id = last_own.employer_card_id AND named.card_id = people.employer_card_id)
        AND NOT EXISTS (
            SELECT 1 FROM last_members AS other
            WHERE other.card_id = people.employer_card_id AND other.card_id <> last_own.employer_card_id
                AND other.entity_id = last_employer.entity_id)
),
anchored AS (
    SELECT moved.card_id, min_by(other.card_id, (other.card_id <> moved.last_card, other.card_id)) AS employer_card_id
    FROM moved
    JOIN last_members AS other ON other.entity_id = moved.last_company AND other.card_id <> moved.employer_card_id
    JOIN members AS present ON present.card_id = other.card_id AND present.entity_id <> moved.company_id
    GROUP BY moved.card_id
),
ended AS (
    SELECT moved.card_id, anchored.employer_card_id, job.role_type, job.job_title, job.seniority, job.department,
        job.started_on,
        -- no source says on which day it ended: by then the record named the next one
        CASE WHEN moved.started_on > CAST(job.stated_on AS VARCHAR) THEN moved.started_on
            ELSE strftime(moved.stated_on, '%Y-%m') END AS ended_on,
        job.stated_on
    FROM moved
    JOIN anchored ON anchored.card_id = moved.card_id
    JOIN last_jobs AS job ON job.contact_id = moved.last_contact AND job.company_id = moved.last_company
),
every AS (
    SELECT * FROM ended
    UNION ALL BY NAME
    SELECT * FROM remembered
)
SELECT DISTINCT ON (every.card_id, every.employer_card_id) every.*
FROM every
CROSS JOIN constants
JOIN people ON people.card_id = every.card_id
JOIN members AS employer ON employer.card_id = every.employer_card_id
WHERE employer.entity_id <> people.company_id
    AND left(every.ended_on, 7) >= strftime(CAST(constants.as_of AS DATE) - INTERVAL 24 MONTH, '%Y-%m')
ORDER BY every.card_id, every.employer_card_id, every.ended_on DESC
