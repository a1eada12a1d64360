-- Parcels whose inner point two zones of different value hold (it lies on their common line): the first code counts.
-- Uses land_value_zone_geom and parcel_version_one_truth_a_day.
SELECT k.text
FROM cadastre_propertyunit AS u
JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded) AND k.valid @> %(day)s::date
JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
JOIN LATERAL (
    SELECT count(DISTINCT z.value) AS values
    FROM cadastre_landvaluezone AS z
    WHERE z.ordinance_id = %(ordinance)s AND upper_inf(z.recorded) AND z.kind = v.kind
      AND ST_Covers(z.geom, ST_PointOnSurface(v.geom))
) AS held ON held.values > 1
WHERE u.municipality_id = %(town)s AND u.is_taxable AND u.state <> 'RETIRED'
ORDER BY k.text, u.id
