-- Predios in force that still go by a provisional key.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, jsonb_build_object('key', k.text) AS detail, NULL::geometry AS geom
FROM units AS u JOIN principal_keys AS k ON k.unit_id = u.unit_id WHERE k.scheme = 'PROVISIONAL'
