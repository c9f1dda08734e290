-- Fields that nobody declared, by name.
SELECT source, feed, field AS path, CAST(sum(CAST(n AS BIGINT)) AS VARCHAR) AS n
FROM ledgers
WHERE entry = 'drift'
GROUP BY ALL
