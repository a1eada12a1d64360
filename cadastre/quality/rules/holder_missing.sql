-- Predios in force that nobody holds by any right.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u
WHERE u.is_taxable AND NOT EXISTS (SELECT FROM rights AS r WHERE r.unit_id = u.unit_id)
