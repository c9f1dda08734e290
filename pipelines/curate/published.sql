-- The claims that may be published: of organisations all, of people those whose job is published; contact values of
-- current jobs only; an e-mail address only on positive evidence that it is business.
SELECT owned.*, coalesce(mailboxes.evidence, '') AS evidence
FROM owned
LEFT JOIN employments ON employments.employment_id = owned.employment_id
LEFT JOIN mailboxes ON mailboxes.company_id = owned.company_id AND mailboxes.domain = owned.domain
    AND mailboxes.mailbox_kind = owned.mailbox_kind AND owned.field = 'email_address'
WHERE
    (owned.kind = 'company' OR (employments.is_published AND (employments.is_current
        OR owned.field NOT IN ('email_address', 'phone', 'address', 'website', 'social_profile'))))
    AND (owned.field <> 'email_address' OR coalesce(mailboxes.evidence, '') <> '')
