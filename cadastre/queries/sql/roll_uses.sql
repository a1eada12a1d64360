-- How much of each charged service a predio uses, on a civil date.
SELECT s.unit_id, s.charge, s.quantity
FROM cadastre_serviceuse AS s
WHERE s.municipality_id = %(town)s AND upper_inf(s.recorded) AND s.valid @> %(day)s::date
ORDER BY s.id
