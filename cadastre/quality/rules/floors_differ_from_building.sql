-- Buildings whose floors do not add up to their floor area.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id,
       jsonb_build_object('floors_m2', f.area, 'building_m2', b.floor_area_m2) AS detail, b.geom
FROM buildings AS b
JOIN LATERAL (
    SELECT sum(floor_area_m2) AS area FROM cadastre_buildingfloor WHERE building_id = b.version_id
) AS f ON f.area IS NOT NULL
WHERE abs(f.area - b.floor_area_m2) > %(area_m2)s
