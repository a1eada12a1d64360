-- Rights held by a party nobody knows.
SELECT u.unit_id, u.parcel_id, r.party_id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id
JOIN cadastre_party AS p ON p.id = r.party_id WHERE p.kind = 'UNKNOWN'
