-- Lo cobrado por año y caja, y el saldo de cada cuenta del libro.
SELECT 'cobros ' || m.slug || ' ' || d.code || ' ' || extract(year FROM p.paid_on), count(*)::text, sum(p.amount)::text
FROM cadastre_payment AS p
JOIN cadastre_cashdesk AS d ON d.id = p.desk_id
JOIN territory_municipality AS m ON m.id = p.municipality_id
GROUP BY m.slug, d.code, extract(year FROM p.paid_on)
UNION ALL
SELECT 'libro ' || m.slug || ' ' || p.account, count(*)::text, sum(p.amount)::text
FROM cadastre_ledgerposting AS p
JOIN cadastre_ledgerentry AS e ON e.id = p.entry_id
JOIN territory_municipality AS m ON m.id = e.municipality_id
GROUP BY m.slug, p.account
ORDER BY 1
