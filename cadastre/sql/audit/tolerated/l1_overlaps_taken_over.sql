-- Pairs that overlapped already in the data taken over, and still do; the list may only shrink.
SELECT parcel_low_id AS parcel, parcel_high_id AS other, area_m2, width_m
FROM cadastre_toleratedoverlap
WHERE resolved_by_id IS NULL
