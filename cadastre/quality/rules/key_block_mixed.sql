-- National keys whose first thirteen digits (to the block) are not those of most predios of their block.
SELECT held.unit_id, held.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('key', held.text, 'block', held.block_code, 'usual', usual.prefix) AS detail, NULL::geometry AS geom
FROM (
    SELECT u.unit_id, u.parcel_id, k.text, r.block_code, left(k.normalised, 13) AS prefix
    FROM units AS u JOIN principal_keys AS k ON k.unit_id = u.unit_id JOIN records AS r ON r.parcel_id = u.parcel_id
    WHERE k.scheme = 'NATIONAL' AND r.block_code <> ''
) AS held
JOIN LATERAL (
    SELECT b.prefix, b.share FROM (
        SELECT left(k.normalised, 13) AS prefix, count(*) / sum(count(*)) OVER () AS share
        FROM cadastre_parcelversion AS v
        JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id AND u.state <> 'RETIRED'
        JOIN principal_keys AS k ON k.unit_id = u.id AND k.scheme = 'NATIONAL'
        WHERE v.municipality_id = %(town)s AND v.block_code = held.block_code AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
        GROUP BY left(k.normalised, 13)
    ) AS b ORDER BY b.share DESC LIMIT 1
) AS usual ON usual.share > 0.5 AND usual.prefix <> held.prefix
