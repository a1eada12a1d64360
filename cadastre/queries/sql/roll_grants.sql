-- Exemptions, deductions and circumstances of lots granted by acts that hold in the tax year.
SELECT g.unit_id, g.code, g.from_year, g.until_year, g.part, g.amount, g.act, g.decided_on
FROM cadastre_taxgrant AS g
WHERE g.municipality_id = %(town)s AND upper_inf(g.recorded) AND g.from_year <= %(year)s
  AND (g.until_year IS NULL OR g.until_year >= %(year)s)
ORDER BY g.unit_id, g.from_year, g.id
