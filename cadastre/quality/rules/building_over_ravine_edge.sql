-- Footprints that an upper edge of a ravine crosses.
SELECT b.unit_id, b.parcel_id, e.feature_id AS other_id,
       jsonb_build_object('ravine', e.name, 'length_m', round(ST_Length(ST_Intersection(e.geom, b.geom))::numeric, 2)) AS detail,
       b.geom
FROM buildings AS b
JOIN ravine_edges AS e ON e.geom && b.geom AND ST_Relate(e.geom, b.geom, '1********')
