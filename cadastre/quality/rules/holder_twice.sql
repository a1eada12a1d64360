-- One party with two rights of one kind upon a predio.
SELECT u.unit_id, u.parcel_id, r.party_id AS other_id, jsonb_build_object('times', count(*)) AS detail, NULL::geometry AS geom
FROM units AS u JOIN rights AS r ON r.unit_id = u.unit_id
GROUP BY u.unit_id, u.parcel_id, r.party_id, r.kind HAVING count(*) > 1
