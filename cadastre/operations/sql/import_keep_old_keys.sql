INSERT INTO cadastre_keyalias (
    municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id
)
SELECT municipality_id, unit_id, text, normalised, scheme, false, valid, tstzrange(%(now)s, NULL), %(operation)s
FROM cadastre_keyalias
WHERE id = ANY(%(keys)s)
