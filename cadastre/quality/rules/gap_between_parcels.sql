-- Holes that the parcels of one block code close in, where no block is drawn to hold them against.
SELECT NULL::uuid AS unit_id, near.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('block', whole.block_code, 'area_m2', round(ST_Area(hole.geom)::numeric, 2)) AS detail, hole.geom
FROM (
    SELECT g.block_code, ST_Union(g.geom) AS geom
    FROM town_ground AS g
    WHERE g.block_code <> '' AND NOT EXISTS (SELECT FROM blocks AS b WHERE b.code = g.block_code)
      AND (%(parcels)s::uuid[] IS NULL OR g.block_code IN (SELECT mine.block_code FROM ground AS mine))
    GROUP BY g.block_code HAVING count(*) > 1
) AS whole
CROSS JOIN LATERAL ST_Dump(whole.geom) AS part
CROSS JOIN LATERAL ST_DumpRings(part.geom) AS ring
CROSS JOIN LATERAL (
    SELECT CASE WHEN others.geom IS NULL THEN ring.geom ELSE ST_Difference(ring.geom, others.geom) END AS geom
    FROM (
        SELECT ST_Union(g.geom) AS geom FROM town_ground AS g
        WHERE g.geom && ring.geom AND ST_Relate(g.geom, ring.geom, '2********')
    ) AS others
) AS bare
CROSS JOIN LATERAL ST_Dump(bare.geom) AS hole
LEFT JOIN LATERAL (
    SELECT g.parcel_id FROM town_ground AS g
    WHERE g.geom && hole.geom AND ST_Intersects(g.geom, hole.geom) ORDER BY g.parcel_id LIMIT 1
) AS near ON true
WHERE ring.path[1] > 0 AND ST_Area(hole.geom) > %(area_m2)s
