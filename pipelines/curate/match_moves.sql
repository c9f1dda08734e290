-- Where former ids went.
SELECT DISTINCT old_id, new_id, kind FROM moves
