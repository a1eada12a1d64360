-- Ground whose mean width (twice its area over its perimeter) is less than any lot's.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('width_m', round((2 * ST_Area(g.geom) / ST_Perimeter(g.geom))::numeric, 3)) AS detail, g.geom
FROM ground AS g
WHERE 2 * ST_Area(g.geom) < %(width_m)s * ST_Perimeter(g.geom)
