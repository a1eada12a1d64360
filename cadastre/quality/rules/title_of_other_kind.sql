-- Titles of the year in the urban roll for rural ground, or the other way round.
SELECT u.unit_id, u.parcel_id, t.id AS other_id,
       jsonb_build_object('number', t.number, 'roll', CASE l.kind WHEN 'URBAN' THEN 'urbana' ELSE 'rural' END,
                          'kind', CASE r.kind WHEN 'URBAN' THEN 'urbano' ELSE 'rural' END) AS detail, NULL::geometry AS geom
FROM units AS u
JOIN records AS r ON r.parcel_id = u.parcel_id
JOIN cadastre_taxtitle AS t ON t.unit_id = u.unit_id
JOIN last_rolls AS l ON l.id = t.roll_id AND l.kind <> r.kind
