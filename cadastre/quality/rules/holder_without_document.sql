-- Natural and legal persons who hold a right and have no document noted.
SELECT u.unit_id, u.parcel_id, r.party_id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id
JOIN cadastre_party AS p ON p.id = r.party_id AND p.kind IN ('NATURAL', 'LEGAL')
LEFT JOIN cadastre_partyidentity AS i ON i.party_id = p.id
WHERE COALESCE(i.id_number, '') = ''
