-- The first principal keys of these units were theirs from an earlier day on: closed, and opened anew from that day.
-- A key that another unit bore in between stays as it is.
WITH closed AS (
    UPDATE cadastre_keyalias AS k
    SET recorded = tstzrange(lower(k.recorded), %(now)s), closed_by_id = %(operation)s
    WHERE k.unit_id = ANY(%(units)s) AND k.is_principal AND upper_inf(k.recorded) AND lower(k.valid) > %(since)s
        AND NOT EXISTS (
            SELECT FROM cadastre_keyalias AS other
            WHERE other.id <> k.id AND upper_inf(other.recorded)
                AND other.valid && daterange(%(since)s, lower(k.valid))
                AND (
                    (other.unit_id = k.unit_id AND other.is_principal)
                    OR (other.municipality_id = k.municipality_id AND other.normalised = k.normalised)
                )
        )
        AND NOT EXISTS (
            SELECT FROM cadastre_keyalias AS first
            WHERE first.unit_id = k.unit_id AND first.is_principal AND upper_inf(first.recorded)
                AND lower(first.valid) < lower(k.valid)
        )
    RETURNING k.municipality_id, k.unit_id, k.text, k.normalised, k.scheme, k.is_principal, k.valid
)
INSERT INTO cadastre_keyalias (
    municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id
)
SELECT
    municipality_id, unit_id, text, normalised, scheme, is_principal, daterange(%(since)s, upper(valid)),
    tstzrange(%(now)s, NULL), %(operation)s
FROM closed
