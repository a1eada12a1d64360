-- Footprints upon another predio's ground.
SELECT b.unit_id, b.parcel_id, g.parcel_id AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(ST_Intersection(b.geom, g.geom))::numeric, 2)) AS detail,
       ST_CollectionExtract(ST_Intersection(b.geom, g.geom), 3) AS geom
FROM buildings AS b
CROSS JOIN LATERAL (
    -- OFFSET 0 keeps the planner on the spatial index.
    SELECT t.parcel_id, t.geom FROM town_ground AS t WHERE t.geom && b.geom OFFSET 0
) AS g
WHERE g.parcel_id <> b.parcel_id AND ST_Relate(g.geom, b.geom, '2********')
  AND ST_Area(ST_Intersection(b.geom, g.geom)) > %(area_m2)s
