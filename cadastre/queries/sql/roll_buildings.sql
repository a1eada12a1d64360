-- The buildings that count on a civil date; one that names no unit belongs to the whole ground.
SELECT b.parcel_id, b.unit_id, b.building_id, b.structure, b.floor_area_m2, b.built_in, b.conservation, b.use,
       b.stage_pct, b.components ->> 'finish_grade'
FROM cadastre_buildingversion AS b
WHERE b.municipality_id = %(town)s AND upper_inf(b.recorded) AND b.valid @> %(day)s::date
ORDER BY b.building_id
