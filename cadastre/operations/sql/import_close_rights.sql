UPDATE cadastre_right
SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
WHERE unit_id = ANY(%(units)s) AND upper_inf(recorded) AND upper_inf(valid)
RETURNING id
