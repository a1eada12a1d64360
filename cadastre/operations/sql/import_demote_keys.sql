-- Principal keys that a new one replaces: closed; import_keep_old_keys.sql keeps what they were.
UPDATE cadastre_keyalias
SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
WHERE unit_id = ANY(%(units)s) AND is_principal AND upper_inf(recorded) AND upper_inf(valid)
RETURNING id, unit_id, COALESCE(lower(valid), '0001-01-01')
