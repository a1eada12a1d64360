-- Footprints that share ground.
SELECT b.unit_id, b.parcel_id, other.building_id AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(ST_Intersection(b.geom, other.geom))::numeric, 2)) AS detail,
       ST_CollectionExtract(ST_Intersection(b.geom, other.geom), 3) AS geom
FROM buildings AS b
CROSS JOIN LATERAL (
    -- OFFSET 0 keeps the planner on the spatial index.
    SELECT t.building_id, t.geom FROM town_buildings AS t WHERE t.geom && b.geom OFFSET 0
) AS other
WHERE other.building_id <> b.building_id AND ST_Relate(other.geom, b.geom, '2********')
  AND ST_Area(ST_Intersection(b.geom, other.geom)) > %(area_m2)s
  AND (%(parcels)s::uuid[] IS NOT NULL OR b.building_id < other.building_id)
