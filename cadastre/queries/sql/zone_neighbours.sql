-- Pairs of land value zones of one ordinance and kind that lie no farther apart than a street is wide.
-- Uses land_value_zone_geom.
SELECT a.code, b.code
FROM cadastre_landvaluezone AS a
JOIN cadastre_landvaluezone AS b ON b.ordinance_id = a.ordinance_id AND b.kind = a.kind AND b.code <> a.code
    AND upper_inf(b.recorded) AND ST_DWithin(a.geom, b.geom, %(street_m)s)
WHERE a.ordinance_id = %(ordinance)s AND upper_inf(a.recorded)
GROUP BY a.code, b.code
ORDER BY a.code, b.code
