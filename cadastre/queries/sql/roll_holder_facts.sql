-- What holders proved of themselves, in force on a civil date. Need to know: read by the emission alone.
SELECT f.party_id, f.unit_id, f.kind, f.amount, f.requested_on
FROM cadastre_holderfact AS f
WHERE f.municipality_id = %(town)s AND upper_inf(f.recorded) AND f.valid @> %(day)s::date
ORDER BY f.id
