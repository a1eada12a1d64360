-- Predios in force without a principal key on the day.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u
WHERE NOT EXISTS (SELECT FROM principal_keys AS k WHERE k.unit_id = u.unit_id)
