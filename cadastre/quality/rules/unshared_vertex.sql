-- Vertices of a neighbour upon an edge of the parcel that are no vertices of the parcel itself.
SELECT NULL::uuid AS unit_id, g.parcel_id, other.parcel_id AS other_id,
       jsonb_build_object('points', lone.points) AS detail, lone.geom
FROM ground AS g
JOIN town_ground AS other ON other.geom && ST_Expand(g.geom, %(distance_m)s) AND other.parcel_id <> g.parcel_id
CROSS JOIN LATERAL (
    SELECT count(*) AS points, ST_Collect(p.geom) AS geom
    FROM ST_Dump(ST_Difference(ST_Points(other.geom), ST_Points(g.geom))) AS p
    WHERE p.geom && ST_Expand(g.geom, %(distance_m)s)
      AND ST_DWithin(ST_Boundary(g.geom), p.geom, %(distance_m)s)
      AND NOT ST_DWithin(ST_Points(g.geom), p.geom, 0.0005)
) AS lone
WHERE lone.points > 0
