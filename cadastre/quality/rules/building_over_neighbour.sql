-- Footprints upon another predio's ground.
SELECT b.unit_id, b.parcel_id, g.parcel_id AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(ST_Intersection(b.geom, g.geom))::numeric, 2)) AS detail,
       ST_CollectionExtract(ST_Intersection(b.geom, g.geom), 3) AS geom
FROM buildings AS b
JOIN town_ground AS g ON g.geom && b.geom AND g.parcel_id <> b.parcel_id AND ST_Relate(g.geom, b.geom, '2********')
WHERE ST_Area(ST_Intersection(b.geom, g.geom)) > %(area_m2)s
