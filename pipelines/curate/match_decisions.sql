-- Why two cards are, may be or are not one.
SELECT left_id, right_id, min(kind) AS kind, CAST(round(max(weight), 3) AS VARCHAR) AS weight,
    CAST(round(max(probability), 3) AS VARCHAR) AS probability, min(outcome) AS outcome, min(reasons) AS reasons,
    nullif(min(held_apart_by), '') AS held_apart_by
FROM decisions
GROUP BY left_id, right_id
