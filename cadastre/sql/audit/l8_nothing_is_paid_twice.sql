-- L8: de ninguna parte de un título se cobra más de lo que se debe.
SELECT t.number AS title, p.account, sum(p.amount) AS moved
FROM cadastre_taxtitle AS t
JOIN cadastre_ledgerposting AS p ON p.title_id = t.id
GROUP BY t.id, p.account
HAVING sum(p.amount) + CASE p.account WHEN 'RECEIVABLE_TAX' THEN t.property_tax
                                      WHEN 'RECEIVABLE_FIRE_LEVY' THEN t.fire_levy
                                      WHEN 'RECEIVABLE_OTHERS' THEN t.others
                                      ELSE 0 END < 0
UNION ALL
SELECT a.number, p.account, sum(p.amount)
FROM cadastre_arrearstitle AS a
JOIN cadastre_ledgerposting AS p ON p.arrears_id = a.id
GROUP BY a.id, p.account
HAVING sum(p.amount) + (
    SELECT COALESCE(sum(l.issued - l.paid), 0) FROM cadastre_arrearsline AS l
    WHERE l.title_id = a.id AND 'RECEIVABLE_' || l.part = p.account
) < 0
