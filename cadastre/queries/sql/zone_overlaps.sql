-- Pairs of land value zones of one ordinance and kind that share ground; an overlap counts as between parcels (L1).
-- Uses land_value_zone_geom.
SELECT a.code, b.code, shared.area_m2, a.value = b.value AS is_equal, ST_X(place.geom), ST_Y(place.geom)
FROM cadastre_landvaluezone AS a
JOIN cadastre_landvaluezone AS b ON b.ordinance_id = a.ordinance_id AND b.kind = a.kind AND b.id > a.id
    AND upper_inf(b.recorded) AND b.geom && a.geom AND ST_Intersects(a.geom, b.geom)
CROSS JOIN LATERAL cadastre_overlap(a.geom, b.geom) AS shared
CROSS JOIN LATERAL (
    SELECT ST_PointOnSurface(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)) AS geom
) AS place
WHERE a.ordinance_id = %(ordinance)s AND upper_inf(a.recorded)
  AND shared.area_m2 > 0
ORDER BY is_equal, shared.area_m2 DESC, a.code, b.code
