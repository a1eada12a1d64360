-- L8: un reverso deshace su asiento partida por partida y nombra a dos personas.
SELECT r.id AS entry, p.account, sum(p.amount) AS left_over
FROM cadastre_ledgerentry AS r
JOIN cadastre_ledgerposting AS p ON p.entry_id IN (r.id, r.reverses_id)
WHERE r.reverses_id IS NOT NULL
GROUP BY r.id, p.account, p.title_id, p.arrears_id, p.unit_id
HAVING sum(p.amount) <> 0
UNION ALL
SELECT r.id, 'no second person', 0
FROM cadastre_ledgerentry AS r
LEFT JOIN cadastre_paymentreversal AS v ON v.entry_id = r.id
WHERE r.kind = 'REVERSAL' AND (v.id IS NULL OR v.decided_by_id = v.asked_by_id)
