-- Predios in force without the number that people know from their receipts.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u WHERE COALESCE(u.number, '') = ''
