-- The complementary works that count on a civil date.
SELECT w.parcel_id, w.work_id, w.kind, w.quantity, w.built_in, w.conservation
FROM cadastre_complementarywork AS w
WHERE w.municipality_id = %(town)s AND upper_inf(w.recorded) AND w.valid @> %(day)s::date
ORDER BY w.parcel_id, w.work_id
