-- Every claim in its normal form, with what the checks found.
SELECT hinted.card_id, hinted.source, hinted.field, hinted.label, checked.* EXCLUDE (distinct_id)
FROM hinted
JOIN checked ON checked.distinct_id = hinted.distinct_id
