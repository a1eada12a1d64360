-- L8: los comprobantes de cada caja van numerados de 1 a n, y su monto es lo que entró al libro.
SELECT d.code AS desk, count(*)::text AS receipts, max(p.serial)::text AS last_number
FROM cadastre_payment AS p
JOIN cadastre_cashdesk AS d ON d.id = p.desk_id
GROUP BY d.id
HAVING count(*) <> max(p.serial) OR min(p.serial) <> 1
UNION ALL
SELECT d.code || '-' || p.serial, p.amount::text, COALESCE(sum(l.amount), 0)::text
FROM cadastre_payment AS p
JOIN cadastre_cashdesk AS d ON d.id = p.desk_id
LEFT JOIN cadastre_ledgerposting AS l ON l.entry_id = p.entry_id AND l.amount > 0 AND (
    (l.account IN ('CASH', 'BANK') AND p.means <> 'CREDIT') OR (l.account = 'CREDIT' AND p.means = 'CREDIT')
)
GROUP BY p.id, d.code
HAVING p.amount <> COALESCE(sum(l.amount), 0)
