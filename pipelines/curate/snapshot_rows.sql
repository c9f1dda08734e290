-- The snapshots that were read.
SELECT * FROM snapshots
