-- Centre lines that run inside a parcel.
SELECT NULL::uuid AS unit_id, g.parcel_id, r.feature_id AS other_id,
       jsonb_build_object('road', r.name, 'length_m', round(ST_Length(inside.geom)::numeric, 2)) AS detail, inside.geom
FROM ground AS g
JOIN roads AS r ON r.geom && g.geom AND ST_Intersects(r.geom, g.geom)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(r.geom, g.geom), 2) AS geom) AS inside
WHERE ST_Length(inside.geom) > %(length_m)s AND ST_Relate(r.geom, g.geom, '1********')
