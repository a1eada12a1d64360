-- Lots declared vacant upon which a building is in force.
SELECT NULL::uuid AS unit_id, r.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, r.geom
FROM records AS r
WHERE r.land_use = 'VACANT' AND EXISTS (SELECT FROM buildings AS b WHERE b.parcel_id = r.parcel_id)
