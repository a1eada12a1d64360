-- Multipolygons with a part far from the first one: perhaps two predios under one key.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('distance_m', round(max(ST_Distance(part.geom, ST_GeometryN(g.geom, 1)))::numeric, 2)) AS detail,
       ST_Collect(part.geom) AS geom
FROM ground AS g CROSS JOIN LATERAL ST_Dump(g.geom) AS part
WHERE ST_NumGeometries(g.geom) > 1
  AND ST_Distance(part.geom, ST_GeometryN(g.geom, 1)) > %(distance_m)s
GROUP BY g.parcel_id
