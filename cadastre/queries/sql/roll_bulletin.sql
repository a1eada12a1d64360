-- The boletín of a year's emissions: lines added up by account, concept, parish and rate, as the database holds them.
SELECT r.kind, r.supplement, l.account, l.concept, t.parish_code, COALESCE(p.name, ''), l.rate_per_mille,
       count(*), sum(l.base), sum(l.amount)
FROM cadastre_taxroll AS r
JOIN cadastre_taxtitle AS t ON t.roll_id = r.id
JOIN cadastre_titleline AS l ON l.title_id = t.id
LEFT JOIN territory_parish AS p ON p.dpa_code = t.parish_code
WHERE r.municipality_id = %(town)s AND r.year = %(year)s
GROUP BY r.kind, r.supplement, l.account, l.concept, t.parish_code, p.name, l.rate_per_mille
ORDER BY r.kind DESC, r.supplement, l.account, l.concept, t.parish_code, l.rate_per_mille NULLS LAST
