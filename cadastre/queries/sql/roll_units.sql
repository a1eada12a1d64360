-- The taxable predios of one municipality as they stood on a civil date, with the zone that holds the inner point of
-- the ground. No predio is left out: one without a principal key on that day goes by another of its keys.
-- Uses land_value_zone_geom, parcel_version_one_truth_a_day, key_alias_principal and the foreign keys' indexes.
SELECT u.id AS unit_id, COALESCE(k.text, u.number, u.id::text) AS key_text, u.number, v.kind, z.code AS zone_code,
       v.legal_area_m2, v.titled_area_m2, u.aliquot, u.parcel_id, COALESCE(p.dpa_code, '') AS parish_code
FROM cadastre_propertyunit AS u
LEFT JOIN LATERAL (
    SELECT a.text FROM cadastre_keyalias AS a
    WHERE a.unit_id = u.id AND upper_inf(a.recorded)
    ORDER BY a.is_principal AND a.valid @> %(day)s::date DESC, a.is_principal DESC, a.valid @> %(day)s::date DESC, a.id
    LIMIT 1
) AS k ON true
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
  AND (
      -- it was there on that day: by its ground, by a key, or, with neither, by having been registered
      v.id IS NOT NULL
      OR EXISTS (
          SELECT FROM cadastre_keyalias AS b
          WHERE b.unit_id = u.id AND upper_inf(b.recorded) AND b.valid @> %(day)s::date
      )
      OR (u.parcel_id IS NULL AND u.created_at::date <= %(day)s::date)
  )
ORDER BY key_text, u.id
