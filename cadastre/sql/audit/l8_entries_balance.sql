-- L8: las partidas de cada asiento de recaudación suman cero y son al menos dos.
SELECT e.id AS entry, count(p.id) AS postings, COALESCE(sum(p.amount), 0) AS total
FROM cadastre_ledgerentry AS e
LEFT JOIN cadastre_ledgerposting AS p ON p.entry_id = e.id
GROUP BY e.id
HAVING count(p.id) < 2 OR sum(p.amount) <> 0
