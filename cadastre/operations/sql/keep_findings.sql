-- Keeps what one rule finds; ground alone is told of the predio that stands on it. Index property_unit_of_ground.
INSERT INTO cadastre_qualityfinding (run_id, code, severity, unit_id, parcel_id, other_id, detail, geom)
SELECT %(run)s, %(code)s, %(severity)s, COALESCE(f.unit_id, standing.id), f.parcel_id, f.other_id, f.detail, f.geom
FROM ({rule}) AS f
LEFT JOIN LATERAL (
    SELECT u.id FROM cadastre_propertyunit AS u
    WHERE u.parcel_id = f.parcel_id AND u.kind = 'WHOLE' ORDER BY u.state, u.id LIMIT 1
) AS standing ON f.unit_id IS NULL
