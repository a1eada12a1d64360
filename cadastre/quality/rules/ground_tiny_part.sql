-- Parts of a multipolygon too small to be ground.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(part.geom)::numeric, 4)) AS detail, part.geom
FROM ground AS g CROSS JOIN LATERAL ST_Dump(g.geom) AS part
WHERE ST_NumGeometries(g.geom) > 1 AND ST_Area(part.geom) < %(area_m2)s
