-- The ledger: what was refused, set aside or not published, by source, field and reason.
WITH lines AS (
    SELECT source, feed, entry, field, code, CAST(n AS BIGINT) AS n FROM ledgers WHERE entry IN ('refused', 'set_aside')
    UNION ALL
    SELECT source, feed, entry, field, code, CAST(n AS BIGINT) FROM unpublished
)
SELECT lines.source, feed, entry, field, code, min(snapshots.snapshot_id) AS snapshot_id,
    CAST(sum(n) AS VARCHAR) AS n
FROM lines
JOIN snapshots ON snapshots.source = lines.source
GROUP BY ALL
