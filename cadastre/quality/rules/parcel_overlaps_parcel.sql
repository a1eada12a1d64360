-- Pairs that share ground, measured as the no-overlap law does (each piece by its area and its widest place). A piece
-- counts only where a circle of 5 mm fits in it, so one of the two drawn 4 mm smaller must still meet the other: this
-- finds the few pairs that need measuring, for neighbours touch but share no ground.
SELECT NULL::uuid AS unit_id, g.parcel_id, other.parcel_id AS other_id,
       jsonb_build_object('area_m2', o.area_m2, 'width_m', o.width_m) AS detail,
       ST_CollectionExtract(ST_Intersection(g.geom, other.geom), 3) AS geom
FROM (SELECT parcel_id, geom, ST_Buffer(geom, -0.004, 'quad_segs=1') AS core FROM ground OFFSET 0) AS g
CROSS JOIN LATERAL (
    -- OFFSET 0 keeps the planner on the spatial index.
    SELECT t.parcel_id, t.geom FROM town_ground AS t WHERE t.geom && g.core OFFSET 0
) AS other
CROSS JOIN LATERAL cadastre_overlap(g.geom, other.geom) AS o
WHERE other.parcel_id <> g.parcel_id AND ST_Intersects(g.core, other.geom)
  AND (%(parcels)s::uuid[] IS NOT NULL OR g.parcel_id < other.parcel_id)
  AND o.area_m2 > %(area_m2)s AND o.width_m > %(width_m)s
