-- Ground within a block of another code than the parcel's.
SELECT NULL::uuid AS unit_id, g.parcel_id, b.feature_id AS other_id,
       jsonb_build_object('block', b.code, 'area_m2', round(ST_Area(ST_Intersection(g.geom, b.geom))::numeric, 2)) AS detail,
       ST_CollectionExtract(ST_Intersection(g.geom, b.geom), 3) AS geom
FROM ground AS g
JOIN blocks AS b ON b.geom && g.geom AND b.code <> g.block_code AND ST_Relate(b.geom, g.geom, '2********')
WHERE g.block_code <> '' AND ST_Area(ST_Intersection(g.geom, b.geom)) > %(area_m2)s
