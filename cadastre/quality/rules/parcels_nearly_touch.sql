-- Neighbours that do not touch and lie closer than any passage.
SELECT NULL::uuid AS unit_id, g.parcel_id, other.parcel_id AS other_id,
       jsonb_build_object('gap_m', round(ST_Distance(g.geom, other.geom)::numeric, 4)) AS detail,
       ST_ShortestLine(g.geom, other.geom) AS geom
FROM ground AS g
CROSS JOIN LATERAL (
    -- OFFSET 0 keeps the planner on the spatial index.
    SELECT t.parcel_id, t.geom FROM town_ground AS t WHERE t.geom && ST_Expand(g.geom, %(gap_m)s) OFFSET 0
) AS other
WHERE other.parcel_id <> g.parcel_id
  AND (%(parcels)s::uuid[] IS NOT NULL OR g.parcel_id < other.parcel_id)
  AND NOT ST_Intersects(g.geom, other.geom) AND ST_DWithin(g.geom, other.geom, %(gap_m)s)
