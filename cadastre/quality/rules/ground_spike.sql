-- Corners of less than the angle: the boundary goes out and comes back almost upon itself.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('angle_deg', round(degrees(corner.angle)::numeric, 2)) AS detail, corner.geom
FROM ground AS g
CROSS JOIN LATERAL (
    SELECT r.path || d.path AS path, ST_RemoveRepeatedPoints(ST_ExteriorRing(r.geom)) AS line
    FROM ST_Dump(g.geom) AS d CROSS JOIN LATERAL ST_DumpRings(d.geom) AS r
) AS ring
CROSS JOIN LATERAL (
    SELECT p.geom, least(turn, 2 * pi() - turn) AS angle
    FROM (
        SELECT geom,
               ST_Angle(
                   COALESCE(lag(geom) OVER w, ST_PointN(ring.line, -2)), geom,
                   lead(geom) OVER w
               ) AS turn
        FROM ST_DumpPoints(ring.line)
        WINDOW w AS (ORDER BY path)
    ) AS p
    WHERE turn IS NOT NULL
) AS corner
WHERE corner.angle < radians(%(angle_deg)s)
