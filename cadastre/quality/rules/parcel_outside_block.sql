-- Ground beyond the block whose code the parcel bears.
SELECT NULL::uuid AS unit_id, g.parcel_id, b.feature_id AS other_id,
       jsonb_build_object('block', b.code, 'area_m2', round(ST_Area(beyond.geom)::numeric, 2)) AS detail, beyond.geom
FROM ground AS g
JOIN blocks AS b ON b.code = g.block_code AND b.code <> '' AND NOT ST_Covers(b.geom, g.geom)
CROSS JOIN LATERAL (SELECT ST_Difference(g.geom, b.geom) AS geom) AS beyond
WHERE ST_Area(beyond.geom) > %(area_m2)s
