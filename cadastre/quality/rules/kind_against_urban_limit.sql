-- Kinds of ground that the urban limit in force contradicts, by the parcel's inner point.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('kind', CASE g.kind WHEN 'URBAN' THEN 'urbano' ELSE 'rural' END) AS detail, NULL::geometry AS geom
FROM ground AS g
WHERE EXISTS (SELECT FROM urban_limits)
  AND (g.kind = 'URBAN') <> EXISTS (
      SELECT FROM urban_limits AS l WHERE l.geom && g.geom AND ST_Covers(l.geom, ST_PointOnSurface(g.geom))
  )
