-- Floor area that the footprint times its floors cannot give.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id,
       jsonb_build_object('building_m2', b.floor_area_m2, 'floors', b.floors,
                          'possible_m2', round((ST_Area(b.geom) * b.floors)::numeric, 2)) AS detail, b.geom
FROM buildings AS b
WHERE b.geom IS NOT NULL
  AND b.floor_area_m2 > (ST_Area(b.geom) * b.floors)::numeric * (1 + %(excess_pct)s / 100)
