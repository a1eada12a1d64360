-- National keys that begin with another canton's code (INEC).
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('key', k.text, 'begins', left(k.normalised, 4), 'canton', m.dpa_code) AS detail, NULL::geometry AS geom
FROM units AS u JOIN principal_keys AS k ON k.unit_id = u.unit_id
JOIN territory_municipality AS m ON m.id = %(town)s
WHERE k.scheme = 'NATIONAL' AND left(k.normalised, 4) <> m.dpa_code
