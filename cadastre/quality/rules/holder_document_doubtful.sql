-- Holders whose document raised a warning when it was read.
SELECT u.unit_id, u.parcel_id, r.party_id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id
JOIN cadastre_partyidentity AS i ON i.party_id = r.party_id
WHERE jsonb_array_length(i.identity_warnings) > 0
