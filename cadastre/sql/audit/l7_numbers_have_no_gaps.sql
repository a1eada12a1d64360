-- L7: the titles of a roll are numbered 1 … n without gap or repetition.
SELECT r.id AS roll, count(*) AS titles, max(right(t.number, 6)::int) AS last_number
FROM cadastre_taxroll AS r
JOIN cadastre_taxtitle AS t ON t.roll_id = r.id
GROUP BY r.id
HAVING count(*) <> max(right(t.number, 6)::int) OR count(*) <> count(DISTINCT t.number)
