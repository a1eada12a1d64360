-- Buildings in force upon ground that is not.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id, '{}'::jsonb AS detail, b.geom
FROM buildings AS b
WHERE NOT EXISTS (SELECT FROM records AS r WHERE r.parcel_id = b.parcel_id)
