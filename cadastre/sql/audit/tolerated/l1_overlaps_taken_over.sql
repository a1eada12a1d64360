-- Pares que ya se sobreponían en los datos recibidos y siguen así hoy, con lo que aún comparten; la lista solo puede acortarse.
SELECT t.parcel_low_id AS parcel, t.parcel_high_id AS other, o.area_m2, o.width_m
FROM cadastre_toleratedoverlap AS t
JOIN cadastre_parcelversion AS a
  ON a.parcel_id = t.parcel_low_id AND upper_inf(a.recorded) AND upper_inf(a.valid) AND a.geom IS NOT NULL
JOIN cadastre_parcelversion AS b
  ON b.parcel_id = t.parcel_high_id AND upper_inf(b.recorded) AND upper_inf(b.valid) AND b.geom IS NOT NULL
CROSS JOIN LATERAL cadastre_overlap(a.geom, b.geom) AS o
WHERE t.resolved_by_id IS NULL AND o.area_m2 > 0
