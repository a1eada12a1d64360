-- Predios held in dominio by some and in posesión by others.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u
WHERE EXISTS (SELECT FROM rights AS r WHERE r.unit_id = u.unit_id AND r.kind = 'OWNERSHIP')
  AND EXISTS (SELECT FROM rights AS r WHERE r.unit_id = u.unit_id AND r.kind = 'POSSESSION')
