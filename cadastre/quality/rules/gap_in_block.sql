-- What a block's parcels and roads leave uncovered, once parcels cover more of it than the tolerance. For chosen
-- parcels, only their own blocks.
SELECT NULL::uuid AS unit_id, near.parcel_id, b.feature_id AS other_id,
       jsonb_build_object('block', b.code, 'area_m2', round(ST_Area(hole.geom)::numeric, 2)) AS detail, hole.geom
FROM blocks AS b
CROSS JOIN LATERAL (
    SELECT ST_Difference(b.geom, ST_Union(g.geom)) AS geom FROM town_ground AS g WHERE g.geom && b.geom OFFSET 0
) AS unheld
CROSS JOIN LATERAL (
    -- No road is a hundred metres wide.
    SELECT ST_Union(ST_Buffer(r.geom, r.width_m::float8 / 2, 'endcap=square')) AS geom
    FROM roads AS r
    WHERE r.geom && ST_Expand(unheld.geom, 50) AND r.width_m > 0 AND ST_DWithin(r.geom, unheld.geom, r.width_m::float8)
) AS paved
CROSS JOIN LATERAL ST_Dump(
    CASE WHEN paved.geom IS NULL THEN unheld.geom ELSE ST_Difference(unheld.geom, paved.geom) END
) AS hole
LEFT JOIN LATERAL (
    SELECT g.parcel_id FROM town_ground AS g
    WHERE g.geom && ST_Expand(hole.geom, 0.01) AND ST_DWithin(g.geom, hole.geom, 0.01)
    ORDER BY g.parcel_id LIMIT 1
) AS near ON true
WHERE ST_Area(unheld.geom) BETWEEN %(area_m2)s AND ST_Area(b.geom) - %(area_m2)s AND ST_Area(hole.geom) > %(area_m2)s
  AND (%(parcels)s::uuid[] IS NULL OR EXISTS (SELECT FROM ground AS g WHERE g.geom && b.geom AND ST_Intersects(g.geom, b.geom)))
