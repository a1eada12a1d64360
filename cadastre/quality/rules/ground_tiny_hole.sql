-- Interior rings too small to be an island.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(ring.geom)::numeric, 4)) AS detail, ring.geom
FROM ground AS g
CROSS JOIN LATERAL ST_Dump(g.geom) AS part
CROSS JOIN LATERAL ST_DumpRings(part.geom) AS ring
WHERE ST_NRings(g.geom) > ST_NumGeometries(g.geom) AND ring.path[1] > 0 AND ST_Area(ring.geom) < %(area_m2)s
