-- Dangling ends of centre lines beside another line; told when the whole town is looked at.
SELECT NULL::uuid AS unit_id, NULL::uuid AS parcel_id, r.feature_id AS other_id,
       jsonb_build_object('gap_m', round(ST_Distance(tip.geom, other.geom)::numeric, 3)) AS detail, tip.geom
FROM roads AS r
CROSS JOIN LATERAL ST_Dump(ST_LineMerge(r.geom)) AS line
CROSS JOIN LATERAL (VALUES (ST_StartPoint(line.geom)), (ST_EndPoint(line.geom))) AS tip (geom)
JOIN roads AS other ON other.geom && ST_Expand(tip.geom, %(gap_m)s) AND other.feature_id <> r.feature_id
 AND ST_DWithin(other.geom, tip.geom, %(gap_m)s)
WHERE %(parcels)s::uuid[] IS NULL AND NOT ST_IsClosed(line.geom)
  AND NOT EXISTS (
      SELECT FROM roads AS met
      WHERE met.geom && tip.geom AND met.feature_id <> r.feature_id AND ST_DWithin(met.geom, tip.geom, 0.001)
  )
