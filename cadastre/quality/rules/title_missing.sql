-- Taxable predios that the year's rolls neither billed nor listed as exceptions, once a roll of their kind is out.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, jsonb_build_object('year', y.year) AS detail, NULL::geometry AS geom
FROM units AS u
JOIN records AS r ON r.parcel_id = u.parcel_id
JOIN (SELECT DISTINCT kind, year FROM last_rolls) AS y ON y.kind = r.kind
WHERE u.is_taxable
  AND NOT EXISTS (SELECT FROM cadastre_taxtitle AS t JOIN last_rolls AS l ON l.id = t.roll_id WHERE t.unit_id = u.unit_id)
  AND NOT EXISTS (SELECT FROM cadastre_rollexception AS x JOIN last_rolls AS l ON l.id = x.roll_id WHERE x.unit_id = u.unit_id)
