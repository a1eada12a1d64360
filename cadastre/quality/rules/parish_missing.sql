-- Ground in force that no parish is noted for.
SELECT NULL::uuid AS unit_id, r.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM records AS r WHERE r.parish_id IS NULL
