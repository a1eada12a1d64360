-- Predios held in dominio whose deed's area is not noted.
SELECT u.unit_id, r.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN records AS r ON r.parcel_id = u.parcel_id
WHERE u.kind = 'WHOLE' AND r.titled_area_m2 IS NULL
  AND EXISTS (SELECT FROM rights AS h WHERE h.unit_id = u.unit_id AND h.kind = 'OWNERSHIP')
