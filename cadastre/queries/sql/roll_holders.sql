-- Who is taxed for each predio on a civil date: owners, or possessors where nobody owns (COOTAD 501, 515); the
-- largest determined share first, then the oldest record, so that the name on the title is always the same.
SELECT r.unit_id, r.party_id
FROM cadastre_right AS r
WHERE r.municipality_id = %(town)s AND upper_inf(r.recorded) AND r.valid @> %(day)s::date AND r.kind <> 'USUFRUCT'
ORDER BY r.unit_id, r.share_numerator::numeric / r.share_denominator DESC NULLS LAST, r.id
