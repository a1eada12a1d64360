-- Upper edges of ravines that run inside a parcel.
SELECT NULL::uuid AS unit_id, g.parcel_id, e.feature_id AS other_id,
       jsonb_build_object('ravine', e.name, 'length_m', round(ST_Length(inside.geom)::numeric, 2)) AS detail, inside.geom
FROM ground AS g
JOIN ravine_edges AS e ON e.geom && g.geom AND ST_Intersects(e.geom, g.geom)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(e.geom, g.geom), 2) AS geom) AS inside
WHERE ST_Length(inside.geom) > %(length_m)s AND ST_Relate(e.geom, g.geom, '1********')
