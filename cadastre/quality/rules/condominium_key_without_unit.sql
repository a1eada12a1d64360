-- Units of condominium whose national key ends as the lot's does.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, jsonb_build_object('key', k.text) AS detail, NULL::geometry AS geom
FROM units AS u JOIN principal_keys AS k ON k.unit_id = u.unit_id
WHERE u.kind = 'CONDOMINIUM' AND k.scheme = 'NATIONAL' AND right(k.normalised, 8) = '00000000'
