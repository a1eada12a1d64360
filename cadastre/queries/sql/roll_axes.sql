-- The road axis that a parcel faces: of those within the ordinance's reach, the nearest to the metre; of a corner's two,
-- the dearer one. Uses land_price_geom.
SELECT v.parcel_id, a.code
FROM cadastre_parcelversion AS v
CROSS JOIN LATERAL (
    SELECT p.code FROM cadastre_landprice AS p
    WHERE p.ordinance_id = %(ordinance)s AND p.level = 'AXIS' AND p.kind = v.kind AND p.geom IS NOT NULL
      AND ST_DWithin(p.geom, v.geom, (%(reach)s::jsonb ->> v.kind)::float)
    ORDER BY round(ST_Distance(p.geom, v.geom)), p.value DESC, p.code LIMIT 1
) AS a
WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date AND v.geom IS NOT NULL
