-- The zones of an ordinance end where it ends: their versions close and shorter ones open, of the same identity.
-- Without an end (the ordinance was withdrawn) none opens.
WITH closed AS (
    UPDATE cadastre_landvaluezone
    SET recorded = tstzrange(lower(recorded), %(now)s), closed_by_id = %(operation)s
    WHERE ordinance_id = %(ordinance)s AND upper_inf(recorded)
    RETURNING *
)
INSERT INTO cadastre_landvaluezone (municipality_id, ordinance_id, feature_id, parish_id, code, name, origin, kind,
    value, geom, valid, recorded, opened_by_id)
SELECT municipality_id, ordinance_id, feature_id, parish_id, code, name, origin, kind, value, geom,
       valid * daterange(NULL, %(ends_before)s::date), tstzrange(%(now)s, NULL), %(operation)s
FROM closed
WHERE %(ends_before)s::date IS NOT NULL
