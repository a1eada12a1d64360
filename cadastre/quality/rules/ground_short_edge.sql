-- Edges shorter than what a survey can tell. The simplified copy has fewer vertices only where there is one.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id, jsonb_build_object('edges', short.edges) AS detail, short.geom
FROM ground AS g
CROSS JOIN LATERAL (
    SELECT count(*) AS edges, ST_Collect(s.geom) AS geom
    FROM ST_DumpSegments(g.geom) AS s
    WHERE ST_Length(s.geom) < %(length_m)s
) AS short
WHERE ST_NPoints(ST_RemoveRepeatedPoints(g.geom, %(length_m)s)) < ST_NPoints(g.geom) AND short.edges > 0
