-- Where a value comes from, and who disagrees.
CREATE VIEW mart.contact_360 AS
SELECT
    claim.contact_id, contact.full_name, claim.company_id, claim.field, claim.value, claim.label,
    score.confidence, score.is_winner, score.factors,
    claim.source, source.publisher, source.licence, claim.record_id, claim.snapshot_id, snapshot.collected_at,
    claim.stated_on, claim.first_seen, claim.last_seen, claim.verification_status, claim.findings
FROM evidence.claims AS claim
JOIN curated.contacts AS contact ON contact.contact_id = claim.contact_id
JOIN evidence.sources AS source ON source.source = claim.source
JOIN evidence.snapshots AS snapshot ON snapshot.snapshot_id = claim.snapshot_id
LEFT JOIN evidence.field_confidence AS score
    ON score.subject IN (claim.contact_id, claim.employment_id)
    AND score.field = claim.field AND score.value = claim.value;

CREATE VIEW mart.conflicts AS
SELECT subject, field, count(*) AS rivals, max(confidence) FILTER (WHERE is_winner) AS winner_confidence,
    max(value) FILTER (WHERE is_winner) AS winner,
    array_agg(value ORDER BY confidence DESC, value) FILTER (WHERE NOT is_winner) AS others
FROM evidence.field_confidence
WHERE field IN ('full_name', 'job_title', 'legal_form', 'status', 'jurisdiction', 'incorporated_on', 'dissolved_on')
GROUP BY subject, field
HAVING count(*) > 1;

CREATE VIEW mart.source_contribution AS
SELECT
    source.source, source.title, source.publisher, source.licence, source.family,
    count(DISTINCT claim.card_id) AS cards,
    count(DISTINCT claim.company_id) FILTER (WHERE claim.contact_id IS NULL) AS companies,
    count(DISTINCT claim.contact_id) AS contacts,
    count(claim.claim_id) AS published_values,
    max(snapshot.collected_at) AS collected_at
FROM evidence.sources AS source
LEFT JOIN evidence.claims AS claim ON claim.source = source.source
LEFT JOIN evidence.snapshots AS snapshot ON snapshot.snapshot_id = claim.snapshot_id
GROUP BY source.source;
COMMENT ON VIEW mart.contact_360 IS 'Every published value of a person with its source, record, snapshot and score.';
COMMENT ON VIEW mart.conflicts IS 'Single-valued fields for which sources state several values.';
COMMENT ON VIEW mart.source_contribution IS 'What each source adds to what is published.';
