-- The common ground of given pairs, to be drawn in the findings.
SELECT
    p.low, p.high,
    ST_AsBinary(ST_Multi(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3)))
FROM unnest(%(low)s::uuid[], %(high)s::uuid[]) AS p (low, high)
JOIN cadastre_parcelversion AS a ON a.parcel_id = p.low AND upper_inf(a.recorded) AND upper_inf(a.valid)
JOIN cadastre_parcelversion AS b ON b.parcel_id = p.high AND upper_inf(b.recorded) AND upper_inf(b.valid)
