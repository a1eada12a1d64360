-- A point inside the ground of each taxable predio on a civil date, in WGS 84 degrees, for the map of changes.
-- Uses the foreign keys' indexes and parcel_version_one_truth_a_day.
SELECT u.id, ST_X(place.geom), ST_Y(place.geom)
FROM cadastre_propertyunit AS u
JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
CROSS JOIN LATERAL (SELECT ST_Transform(ST_PointOnSurface(v.geom), 4326) AS geom) AS place
WHERE u.municipality_id = %(town)s AND u.is_taxable AND u.state <> 'RETIRED' AND v.geom IS NOT NULL
