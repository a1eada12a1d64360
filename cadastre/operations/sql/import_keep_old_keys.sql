-- A replaced key stays what it was until the day of the change, and a way to find the predio from then on.
INSERT INTO cadastre_keyalias (
    municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id
)
SELECT
    k.municipality_id, k.unit_id, k.text, k.normalised, k.scheme, part.is_principal, part.valid,
    tstzrange(%(now)s, NULL), %(operation)s
FROM unnest(%(keys)s::bigint[], %(since)s::date[]) AS c (key, since)
JOIN cadastre_keyalias AS k ON k.id = c.key
CROSS JOIN LATERAL (
    VALUES (true, daterange(lower(k.valid), c.since)), (false, daterange(c.since, NULL))
) AS part (is_principal, valid)
WHERE NOT isempty(part.valid)
