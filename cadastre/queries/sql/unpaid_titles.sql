-- Every title of the municipality %(town)s of which something is unpaid, ours and the former system's: as issued, less
-- what the ledger moved. Only titles that count. By year and number. Moved amounts are hashed by title, so that a canton
-- is one pass over each table.
WITH moved AS (
    SELECT p.title_id, p.arrears_id, sum(p.amount) AS amount
    FROM cadastre_ledgerposting AS p
    JOIN cadastre_ledgerentry AS e ON e.id = p.entry_id
    WHERE e.municipality_id = %(town)s AND (p.title_id IS NOT NULL OR p.arrears_id IS NOT NULL)
    GROUP BY p.title_id, p.arrears_id
), owed AS (
    SELECT t.id, false AS is_taken_over, t.number, r.year, r.kind, t.unit_id, t.key_text, t.property_number,
           t.total + COALESCE(m.amount, 0) AS unpaid, 'ISSUED' AS state, NULL::date AS notified_on
    FROM cadastre_taxtitle AS t
    JOIN cadastre_taxroll AS r ON r.id = t.roll_id
    LEFT JOIN moved AS m ON m.title_id = t.id
    WHERE t.municipality_id = %(town)s AND t.state = 'ISSUED'
      AND (NOT r.needs_approval OR EXISTS (
          SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
      AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
    UNION ALL
    SELECT a.id, true, a.number, a.year, a.kind, a.unit_id, a.key_text, a.property_number,
           l.balance + COALESCE(m.amount, 0), a.state, a.notified_on
    FROM cadastre_arrearstitle AS a
    JOIN (
        SELECT title_id, sum(issued - paid) AS balance FROM cadastre_arrearsline GROUP BY title_id
    ) AS l ON l.title_id = a.id
    LEFT JOIN moved AS m ON m.arrears_id = a.id
    WHERE a.municipality_id = %(town)s AND a.state <> 'WITHDRAWN'
)
SELECT id, is_taken_over, number, year, kind, unit_id, key_text, property_number, unpaid, state, notified_on,
       (SELECT max(n.granted_on) FROM cadastre_plantitle AS i JOIN cadastre_paymentplan AS n ON n.id = i.plan_id
        WHERE n.approved_at IS NOT NULL AND (i.title_id = owed.id OR i.arrears_id = owed.id)) AS agreed_on
FROM owed
WHERE unpaid > 0
ORDER BY year, number, id
