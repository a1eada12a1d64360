-- Units of condominiums that wait for ground are put on that of their matrix, as far as it is there; one whose
-- aliquot nobody knows keeps waiting, though no longer for its map.
WITH found AS (
    SELECT c.unit, c.aliquot, w.parcel_id AS parcel
    FROM unnest(%(units)s::uuid[], %(matrices)s::text[], %(aliquots)s::numeric[]) AS c (unit, matrix, aliquot)
    JOIN cadastre_keyalias AS k
        ON k.municipality_id = %(municipality)s AND k.normalised = c.matrix AND upper_inf(k.recorded)
       AND upper_inf(k.valid)
    JOIN cadastre_propertyunit AS w ON w.id = k.unit_id AND w.kind = 'WHOLE' AND w.state <> 'RETIRED'
    JOIN cadastre_parcelversion AS v
        ON v.parcel_id = w.parcel_id AND upper_inf(v.recorded) AND upper_inf(v.valid)
), attached AS (
    UPDATE cadastre_propertyunit AS u
    SET parcel_id = f.parcel, kind = 'CONDOMINIUM', aliquot = f.aliquot
    FROM found AS f
    WHERE u.id = f.unit AND f.aliquot IS NOT NULL
), resolved AS (
    UPDATE cadastre_observation AS b
    SET resolved_by_id = %(operation)s
    FROM found AS f
    WHERE b.unit_id = f.unit AND b.resolved_by_id IS NULL
      AND (b.code = 'without_map' OR (b.code = 'no_aliquot' AND f.aliquot IS NOT NULL))
)
SELECT DISTINCT parcel FROM found WHERE aliquot IS NOT NULL
