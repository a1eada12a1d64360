-- Who is taxed for each predio on a civil date: those with dominio or a like right; possessors only where nobody has
-- one (COOTAD 501, 515). The largest determined share first, then the oldest record: the title's name is stable.
SELECT r.unit_id, r.party_id, p.kind, r.share_numerator, r.share_denominator, i.birth_date
FROM cadastre_right AS r
JOIN cadastre_party AS p ON p.id = r.party_id
LEFT JOIN cadastre_partyidentity AS i ON i.party_id = r.party_id
WHERE r.municipality_id = %(town)s AND upper_inf(r.recorded) AND r.valid @> %(day)s::date AND r.kind <> 'USUFRUCT'
  AND (
      r.kind NOT IN ('POSSESSION', 'PENDING_AWARD')
      OR NOT EXISTS (
          SELECT FROM cadastre_right AS o
          WHERE o.unit_id = r.unit_id AND upper_inf(o.recorded) AND o.valid @> %(day)s::date
            AND o.kind NOT IN ('POSSESSION', 'PENDING_AWARD', 'USUFRUCT')
      )
  )
ORDER BY r.unit_id, r.share_numerator::numeric / r.share_denominator DESC NULLS LAST, r.id
