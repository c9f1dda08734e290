-- Which id is in use now for one that is not.
CREATE VIEW match.current_ids AS
WITH RECURSIVE went AS (
    SELECT step.old_id, step.new_id, step.kind
    FROM match.id_map AS step
    WHERE NOT EXISTS (SELECT FROM match.members WHERE entity_id = step.old_id)
    UNION
    SELECT went.old_id, step.new_id, went.kind
    FROM went
    JOIN match.id_map AS step ON step.old_id = went.new_id
    WHERE NOT EXISTS (SELECT FROM match.members WHERE entity_id = went.new_id)
)
SELECT old_id AS former_id, new_id AS present_id, kind
FROM went
WHERE EXISTS (SELECT FROM match.members WHERE entity_id = went.new_id);
COMMENT ON VIEW match.current_ids IS
    'Former ids with the id in use now, moves followed to their end; an id that came back into use is not here.';
