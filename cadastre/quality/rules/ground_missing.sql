-- Predios in force whose ground has no polygon on the day; a unit of condominium stands on its matrix.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u
WHERE u.kind = 'WHOLE'
  AND NOT EXISTS (SELECT FROM town_ground AS g WHERE g.parcel_id = u.parcel_id)
