-- The sector that holds the inner point of each parcel on a civil date. Uses sector_geom.
SELECT v.parcel_id, s.code
FROM cadastre_parcelversion AS v
CROSS JOIN LATERAL (
    SELECT x.code FROM cadastre_sector AS x
    WHERE x.municipality_id = %(town)s AND upper_inf(x.recorded) AND x.valid @> %(day)s::date AND x.code <> ''
      AND ST_Covers(x.geom, ST_PointOnSurface(v.geom))
    ORDER BY x.code LIMIT 1
) AS s
WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date AND v.geom IS NOT NULL
