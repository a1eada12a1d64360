-- Ground in force whose ficha leaves this empty.
SELECT NULL::uuid AS unit_id, r.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM records AS r WHERE r.land_use = ''
