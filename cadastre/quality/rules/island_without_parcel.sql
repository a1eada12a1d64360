-- Interior rings of a parcel that no other parcel fills.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(bare.geom)::numeric, 2)) AS detail, bare.geom
FROM ground AS g
CROSS JOIN LATERAL ST_Dump(g.geom) AS part
CROSS JOIN LATERAL ST_DumpRings(part.geom) AS ring
CROSS JOIN LATERAL (
    SELECT CASE WHEN others.geom IS NULL THEN ring.geom ELSE ST_Difference(ring.geom, others.geom) END AS geom
    FROM (
        SELECT ST_Union(other.geom) AS geom FROM town_ground AS other
        WHERE other.geom && ring.geom AND ST_Relate(other.geom, ring.geom, '2********')
    ) AS others
) AS bare
WHERE ST_NRings(g.geom) > ST_NumGeometries(g.geom) AND ring.path[1] > 0 AND ST_Area(bare.geom) >= %(area_m2)s
