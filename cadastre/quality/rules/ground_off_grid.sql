-- Vertices whose coordinates are no whole millimetres.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id, jsonb_build_object('points', odd.points) AS detail, odd.geom
FROM ground AS g
CROSS JOIN LATERAL (
    SELECT count(*) AS points, ST_Collect(p.geom) AS geom
    FROM ST_DumpPoints(g.geom) AS p
    WHERE abs(ST_X(p.geom) * 1000 - round(ST_X(p.geom) * 1000)) > 0.001
       OR abs(ST_Y(p.geom) * 1000 - round(ST_Y(p.geom) * 1000)) > 0.001
) AS odd
WHERE odd.points > 0
