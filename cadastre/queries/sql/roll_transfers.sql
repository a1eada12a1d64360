-- The year in which each predio last changed hands by an act, up to a civil date (COOTAD 507).
SELECT r.unit_id, EXTRACT(YEAR FROM max(lower(r.valid)))::int
FROM cadastre_right AS r
JOIN cadastre_operation AS o ON o.id = r.opened_by_id AND o.verb = 'transfer_rights'
WHERE r.municipality_id = %(town)s AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
GROUP BY r.unit_id
