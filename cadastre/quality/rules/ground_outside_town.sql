-- Ground beyond the municipality's limit, where that limit is known.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('area_m2', round(ST_Area(ST_Difference(g.geom, m.geom))::numeric, 2)) AS detail,
       ST_Difference(g.geom, m.geom) AS geom
FROM territory_municipality AS m JOIN ground AS g ON NOT ST_Covers(m.geom, g.geom)
WHERE m.id = %(town)s AND ST_Area(ST_Difference(g.geom, m.geom)) > %(area_m2)s
