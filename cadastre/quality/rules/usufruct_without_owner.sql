-- Usufructs upon a predio without dominio.
SELECT u.unit_id, u.parcel_id, r.party_id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id AND r.kind = 'USUFRUCT'
WHERE NOT EXISTS (SELECT FROM rights AS o WHERE o.unit_id = u.unit_id AND o.kind <> 'USUFRUCT')
