-- The block of each parcel on a civil date, as its ficha writes it.
SELECT v.parcel_id, v.block_code
FROM cadastre_parcelversion AS v
WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date AND v.block_code <> ''
