-- Centre lines with a common stretch; told when the whole town is looked at.
SELECT NULL::uuid AS unit_id, NULL::uuid AS parcel_id, a.feature_id AS other_id,
       jsonb_build_object('length_m', round(ST_Length(common.geom)::numeric, 2)) AS detail, common.geom
FROM roads AS a
JOIN roads AS b ON a.geom && b.geom AND a.feature_id < b.feature_id AND ST_Intersects(a.geom, b.geom)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 2) AS geom) AS common
WHERE %(parcels)s::uuid[] IS NULL AND ST_Length(common.geom) > %(length_m)s
