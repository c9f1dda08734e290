-- What waits in the lake, was withheld by the second look or has grown stale, by reason: the last line of the ledger.
SELECT source, '' AS feed, 'unpublished' AS entry, field, code, CAST(count(*) AS VARCHAR) AS n
FROM (
    SELECT owned.source, owned.field, 'no_business_evidence' AS code
    FROM owned
    LEFT JOIN mailboxes ON mailboxes.company_id = owned.company_id AND mailboxes.domain = owned.domain
        AND mailboxes.mailbox_kind = owned.mailbox_kind
    WHERE owned.field = 'email_address' AND coalesce(mailboxes.evidence, '') = ''
    UNION ALL
    SELECT source, field, code FROM withheld WHERE kind = 'company' OR code NOT LIKE 'sensitive%'
    UNION ALL
    SELECT source, 'card', code
    FROM (SELECT DISTINCT source, card_id, code FROM withheld WHERE kind = 'person' AND code LIKE 'sensitive%') AS named
    UNION ALL
    SELECT source, 'card', code
    FROM (
        SELECT DISTINCT owned.source, owned.card_id, CASE WHEN employments.has_ended THEN 'ended' ELSE 'stale' END AS code
        FROM owned
        JOIN employments ON employments.employment_id = owned.employment_id
        WHERE NOT employments.is_published
    ) AS people
) AS held
GROUP BY source, field, code
ORDER BY ALL
