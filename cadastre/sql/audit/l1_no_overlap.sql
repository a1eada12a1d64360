-- L1: dos predios de un municipio no se sobreponen en ningún día, según lo que hoy se conoce, salvo los pares tolerados desde una importación.
SELECT a.parcel_id AS parcel, b.parcel_id AS other, o.area_m2, o.width_m
FROM cadastre_parcelversion AS a
JOIN cadastre_parcelversion AS b
  ON a.geom && b.geom AND a.municipality_id = b.municipality_id AND a.parcel_id < b.parcel_id
     AND a.valid && b.valid AND upper_inf(a.recorded) AND upper_inf(b.recorded)
     AND ST_Relate(a.geom, b.geom, '2********')
CROSS JOIN LATERAL cadastre_overlap(a.geom, b.geom) AS o
WHERE o.area_m2 > 0
  AND NOT EXISTS (
      SELECT FROM cadastre_toleratedoverlap AS t
      WHERE t.parcel_low_id = a.parcel_id AND t.parcel_high_id = b.parcel_id AND t.resolved_by_id IS NULL
        AND o.area_m2 <= t.area_m2 + 0.01
  )
