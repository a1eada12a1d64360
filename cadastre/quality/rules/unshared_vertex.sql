-- Vertices of a neighbour upon an edge of the parcel that are no vertices of the parcel itself.
SELECT NULL::uuid AS unit_id, mine.parcel_id, other.parcel_id AS other_id,
       jsonb_build_object('points', lone.points) AS detail, lone.geom
FROM (
    SELECT parcel_id, geom, ST_Expand(geom, %(distance_m)s) AS reach, ST_Points(geom) AS corners,
           ST_Boundary(geom) AS boundary
    FROM ground OFFSET 0
) AS mine
CROSS JOIN LATERAL (
    -- OFFSET 0 keeps the planner on the spatial index.
    SELECT t.parcel_id, t.geom FROM town_ground AS t WHERE t.geom && mine.reach OFFSET 0
) AS other
CROSS JOIN LATERAL (
    SELECT count(DISTINCT p.geom) AS points, ST_Collect(DISTINCT p.geom) AS geom
    FROM ST_DumpPoints(other.geom) AS p
    WHERE p.geom && mine.reach
      AND ST_Distance(p.geom, mine.boundary) <= %(distance_m)s
      AND ST_Distance(p.geom, mine.corners) > 0.0005
) AS lone
WHERE other.parcel_id <> mine.parcel_id AND lone.points > 0
