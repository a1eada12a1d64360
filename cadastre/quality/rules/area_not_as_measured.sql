-- Stored legal areas that the polygon does not have in the legal CRS.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('stored_m2', g.legal_area_m2, 'measured_m2', round(area.measured::numeric, 4)) AS detail, NULL::geometry AS geom
FROM ground AS g
CROSS JOIN (SELECT legal_srid FROM territory_municipality WHERE id = %(town)s) AS m
CROSS JOIN LATERAL (
    SELECT CASE WHEN m.legal_srid = 32717 THEN ST_Area(g.geom) ELSE ST_Area(ST_Transform(g.geom, m.legal_srid)) END AS measured
) AS area
WHERE g.legal_area_m2 IS NULL OR abs(g.legal_area_m2 - area.measured::numeric) > %(area_m2)s + g.legal_area_m2 / 1000000
