-- Blocks that share ground; told when the whole town is looked at.
SELECT NULL::uuid AS unit_id, NULL::uuid AS parcel_id, a.feature_id AS other_id,
       jsonb_build_object('block', a.code, 'other_block', b.code,
                          'area_m2', round(ST_Area(ST_Intersection(a.geom, b.geom))::numeric, 2)) AS detail,
       ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS geom
FROM blocks AS a
JOIN blocks AS b ON a.geom && b.geom AND a.feature_id < b.feature_id AND ST_Relate(a.geom, b.geom, '2********')
WHERE %(parcels)s::uuid[] IS NULL AND ST_Area(ST_Intersection(a.geom, b.geom)) > %(area_m2)s
