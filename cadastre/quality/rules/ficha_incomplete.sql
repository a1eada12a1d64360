-- Required variables of the ficha (`required`: kind of predio → their codes) that have no answer on the day.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('count', lack.count, 'missing', lack.codes) AS detail, NULL::geometry AS geom
FROM units AS u
LEFT JOIN records AS r ON r.parcel_id = u.parcel_id
LEFT JOIN cadastre_ficha AS f ON f.unit_id = u.unit_id AND upper_inf(f.recorded) AND f.valid @> %(day)s::date
CROSS JOIN LATERAL (
    SELECT count(*) AS count, string_agg(c.code, ', ' ORDER BY c.code) AS codes
    FROM jsonb_array_elements_text(
        %(required)s::jsonb -> CASE WHEN u.kind = 'CONDOMINIUM' THEN 'condominium' WHEN r.kind = 'RURAL' THEN 'rural' ELSE 'urban' END
    ) AS c (code)
    WHERE COALESCE(f.answers ->> c.code, '') IN ('', '[]')
) AS lack
WHERE lack.count > 0
