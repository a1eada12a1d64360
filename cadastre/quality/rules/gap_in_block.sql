-- What a block's parcels and roads leave uncovered. For chosen parcels, only their own blocks.
SELECT NULL::uuid AS unit_id, near.parcel_id, b.feature_id AS other_id,
       jsonb_build_object('block', b.code, 'area_m2', round(ST_Area(hole.geom)::numeric, 2)) AS detail, hole.geom
FROM blocks AS b
CROSS JOIN LATERAL (
    SELECT ST_Union(g.geom) AS geom FROM town_ground AS g WHERE g.geom && b.geom
) AS covered
CROSS JOIN LATERAL (
    SELECT ST_Union(ST_Buffer(r.geom, COALESCE(r.width_m, 0)::float8 / 2, 'endcap=square')) AS geom
    FROM roads AS r WHERE r.geom && b.geom AND r.width_m > 0
) AS paved
CROSS JOIN LATERAL (
    SELECT CASE WHEN paved.geom IS NULL THEN ST_Difference(b.geom, covered.geom)
                ELSE ST_Difference(ST_Difference(b.geom, covered.geom), paved.geom) END AS geom
) AS bare
CROSS JOIN LATERAL ST_Dump(bare.geom) AS hole
LEFT JOIN LATERAL (
    SELECT g.parcel_id FROM town_ground AS g
    WHERE g.geom && ST_Expand(hole.geom, 0.01) AND ST_DWithin(g.geom, hole.geom, 0.01)
    ORDER BY g.parcel_id LIMIT 1
) AS near ON true
WHERE covered.geom IS NOT NULL AND ST_Area(hole.geom) > %(area_m2)s
  AND (%(parcels)s::uuid[] IS NULL OR EXISTS (SELECT FROM ground AS g WHERE g.geom && b.geom AND ST_Intersects(g.geom, b.geom)))
