-- Footprints within an area of high risk.
SELECT b.unit_id, b.parcel_id, a.feature_id AS other_id, jsonb_build_object('hazard', a.hazard) AS detail, b.geom
FROM buildings AS b
JOIN risk_areas AS a ON a.level = 'HIGH' AND a.geom && b.geom AND ST_Relate(a.geom, b.geom, '2********')
