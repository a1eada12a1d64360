-- Years before the oldest houses, after the day, or a restoration before the construction.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id,
       jsonb_build_object('year', COALESCE(b.restored_in, b.built_in)) AS detail, b.geom
FROM buildings AS b
WHERE b.built_in NOT BETWEEN %(first_year)s AND EXTRACT(year FROM %(day)s::date)
   OR b.restored_in > EXTRACT(year FROM %(day)s::date) OR b.restored_in < b.built_in
