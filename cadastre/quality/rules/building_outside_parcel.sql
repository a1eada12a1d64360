-- Footprints beyond the ground that they are registered on.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(beyond.geom)::numeric, 2)) AS detail, beyond.geom
FROM buildings AS b
JOIN town_ground AS g ON g.parcel_id = b.parcel_id AND NOT ST_Covers(g.geom, b.geom)
CROSS JOIN LATERAL (SELECT ST_Difference(b.geom, g.geom) AS geom) AS beyond
WHERE b.geom IS NOT NULL AND ST_Area(beyond.geom) > %(area_m2)s
