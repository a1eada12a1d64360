-- L7: los títulos de una emisión van numerados de 1 a n, sin saltos ni repeticiones.
SELECT r.id AS roll, count(*) AS titles, max(right(t.number, 6)::int) AS last_number
FROM cadastre_taxroll AS r
JOIN cadastre_taxtitle AS t ON t.roll_id = r.id
GROUP BY r.id
HAVING count(*) <> max(right(t.number, 6)::int) OR count(*) <> count(DISTINCT t.number)
