-- The land value zone of each taxable predio by another ordinance, chosen as roll_units.sql chooses it.
-- Uses land_value_zone_geom, parcel_version_one_truth_a_day and the foreign keys' indexes.
SELECT u.id, z.code
FROM cadastre_propertyunit AS u
JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
CROSS JOIN LATERAL (
    SELECT lvz.code FROM cadastre_landvaluezone AS lvz
    WHERE lvz.ordinance_id = %(ordinance)s AND upper_inf(lvz.recorded) AND lvz.kind = v.kind
      AND ST_Covers(lvz.geom, ST_PointOnSurface(v.geom))
    ORDER BY lvz.code LIMIT 1
) AS z
WHERE u.municipality_id = %(town)s AND u.is_taxable AND u.state <> 'RETIRED' AND v.geom IS NOT NULL
