-- Pares que ya se sobreponían en los datos recibidos y siguen así; la lista solo puede acortarse.
SELECT parcel_low_id AS parcel, parcel_high_id AS other, area_m2, width_m
FROM cadastre_toleratedoverlap
WHERE resolved_by_id IS NULL
