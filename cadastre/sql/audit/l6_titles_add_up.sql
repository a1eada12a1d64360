-- L6: un título es la suma de sus líneas, y los totales de control de una emisión son los de sus títulos.
SELECT t.number AS title, t.total AS stored, COALESCE(sum(l.amount), 0) AS lines
FROM cadastre_taxtitle AS t
LEFT JOIN cadastre_titleline AS l ON l.title_id = t.id
GROUP BY t.id
HAVING t.total <> COALESCE(sum(l.amount), 0)
UNION ALL
SELECT 'roll ' || r.id, r.total, COALESCE(sum(t.total), 0)
FROM cadastre_taxroll AS r
LEFT JOIN cadastre_taxtitle AS t ON t.roll_id = r.id
GROUP BY r.id
HAVING r.total <> COALESCE(sum(t.total), 0) OR r.titles_count <> count(t.id)
