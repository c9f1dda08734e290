-- One header per card: where several records or feeds of a source speak of it, the latest word counts.
SELECT * EXCLUDE (place)
FROM (
    SELECT
        cards.*,
        sources.family,
        sources.trust,
        snapshots.collected_at,
        -- a whole current register confirms whoever stands in it; a document speaks for its own day
        CASE
            WHEN feeds.confirms = 'snapshot' THEN CAST(left(snapshots.collected_at, 10) AS DATE)
            ELSE least(
                coalesce(
                    -- a month or a year alone stands for its first day: confirmed no later than it says
                    TRY_CAST(CASE length(cards.updated_on) WHEN 4 THEN cards.updated_on || '-01-01'
                        WHEN 7 THEN cards.updated_on || '-01' ELSE left(cards.updated_on, 10) END AS DATE),
                    CAST(left(snapshots.collected_at, 10) AS DATE)
                ),
                CAST(left(snapshots.collected_at, 10) AS DATE)
            )
        END AS stated_on,
        row_number() OVER (
            PARTITION BY cards.card_id
            ORDER BY cards.updated_on DESC, cards.ended_on, cards.feed, cards.record_id, cards.role, cards.started_on
        ) AS place
    FROM cards
    JOIN sources ON sources.source = cards.source
    JOIN feeds ON feeds.source = cards.source AND feeds.feed = cards.feed
    JOIN snapshots ON snapshots.snapshot_id = cards.snapshot_id
) AS ranked
WHERE place = 1
