-- National keys whose parish is not the one that the ground is registered in.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('key', k.text, 'begins', left(k.normalised, 6), 'parish', p.dpa_code) AS detail, NULL::geometry AS geom
FROM units AS u JOIN principal_keys AS k ON k.unit_id = u.unit_id
JOIN records AS r ON r.parcel_id = u.parcel_id
JOIN territory_parish AS p ON p.id = r.parish_id
WHERE k.scheme = 'NATIONAL' AND left(k.normalised, 4) = left(p.dpa_code, 4) AND left(k.normalised, 6) <> p.dpa_code
