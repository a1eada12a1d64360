-- Taxable ground whose inner point no value zone of the ordinance in force holds. Index land_value_zone_geom.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, ST_PointOnSurface(g.geom) AS geom
FROM ground AS g CROSS JOIN tax_ordinance AS t
WHERE EXISTS (SELECT FROM cadastre_propertyunit AS u WHERE u.parcel_id = g.parcel_id AND u.is_taxable AND u.state <> 'RETIRED')
  AND NOT EXISTS (
      SELECT FROM cadastre_landvaluezone AS z
      WHERE z.ordinance_id = t.id AND upper_inf(z.recorded) AND z.kind = g.kind
        AND ST_Covers(z.geom, ST_PointOnSurface(g.geom))
  )
