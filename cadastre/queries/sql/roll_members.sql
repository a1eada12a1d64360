-- Who is in each group of parties (spouses, heirs) on a civil date, with determined shares or none.
SELECT m.group_id, m.member_id, p.kind, m.share_numerator, m.share_denominator, i.birth_date
FROM cadastre_partymember AS m
JOIN cadastre_party AS p ON p.id = m.member_id
LEFT JOIN cadastre_partyidentity AS i ON i.party_id = m.member_id
WHERE m.municipality_id = %(town)s AND upper_inf(m.recorded) AND m.valid @> %(day)s::date
ORDER BY m.group_id, m.id
