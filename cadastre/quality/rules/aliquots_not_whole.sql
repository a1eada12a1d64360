-- Units of one condominium whose aliquots do not add up to one, to what ten decimals can tell.
SELECT NULL::uuid AS unit_id, c.parcel_id, NULL::uuid AS other_id, jsonb_build_object('sum', c.whole) AS detail, NULL::geometry AS geom
FROM (
    SELECT all_units.parcel_id, sum(all_units.aliquot) AS whole
    FROM cadastre_propertyunit AS all_units
    WHERE all_units.municipality_id = %(town)s AND all_units.kind = 'CONDOMINIUM' AND all_units.state <> 'RETIRED'
      AND (%(parcels)s::uuid[] IS NULL OR all_units.parcel_id = ANY(%(parcels)s::uuid[]))
    GROUP BY all_units.parcel_id
) AS c
WHERE abs(c.whole - 1) > %(difference)s
