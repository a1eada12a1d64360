-- The taxable predios of one municipality as they stood on a civil date, with the zone that holds the inner point of
-- the ground. Uses land_value_zone_geom, parcel_version_one_truth_a_day and the indexes of the foreign keys.
SELECT u.id AS unit_id, k.text AS key_text, u.number, v.kind, z.code AS zone_code, v.legal_area_m2, v.titled_area_m2,
       u.aliquot, u.parcel_id, COALESCE(p.dpa_code, '') AS parish_code
FROM cadastre_propertyunit AS u
JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded)
    AND k.valid @> %(day)s::date
LEFT JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded)
    AND v.valid @> %(day)s::date
LEFT JOIN territory_parish AS p ON p.id = v.parish_id
LEFT JOIN LATERAL (
    SELECT lvz.code FROM cadastre_landvaluezone AS lvz
    WHERE lvz.ordinance_id = %(ordinance)s AND upper_inf(lvz.recorded) AND lvz.kind = v.kind
      AND ST_Covers(lvz.geom, ST_PointOnSurface(v.geom))
    ORDER BY lvz.code LIMIT 1
) AS z ON v.geom IS NOT NULL
WHERE u.municipality_id = %(town)s AND u.is_taxable AND u.state <> 'RETIRED'
ORDER BY k.text, u.id
