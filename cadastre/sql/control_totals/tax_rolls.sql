-- Each emission: titles and dollars as the titles, and their lines, add up.
SELECT
    m.slug || ' ' || r.year || ' ' || r.kind || ' ' || r.supplement AS roll,
    (SELECT count(*) FROM cadastre_taxtitle AS t WHERE t.roll_id = r.id) AS titles,
    (SELECT COALESCE(sum(t.total), 0.00) FROM cadastre_taxtitle AS t WHERE t.roll_id = r.id) AS total,
    (
        SELECT COALESCE(sum(l.amount), 0.00) FROM cadastre_titleline AS l
        JOIN cadastre_taxtitle AS t ON t.id = l.title_id WHERE t.roll_id = r.id
    ) AS lines
FROM cadastre_taxroll AS r
JOIN territory_municipality AS m ON m.id = r.municipality_id
ORDER BY 1
