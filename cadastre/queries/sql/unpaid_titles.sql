-- Every title of the municipality %(town)s of which something is unpaid, ours and the former system's: as issued, less
-- what the ledger moved. Only titles that count. By year and number. Indexes: cadastre_ledgerposting (title_id), (arrears_id).
WITH moved AS (
    SELECT p.title_id, p.arrears_id, sum(p.amount) AS amount
    FROM cadastre_ledgerposting AS p
    JOIN cadastre_ledgerentry AS e ON e.id = p.entry_id
    WHERE e.municipality_id = %(town)s AND (p.title_id IS NOT NULL OR p.arrears_id IS NOT NULL)
    GROUP BY p.title_id, p.arrears_id
), issued AS (
    SELECT t.id, false AS is_taken_over, t.number, r.year, r.kind, t.unit_id, t.key_text, t.property_number, t.total,
           'ISSUED' AS state, NULL::date AS notified_on
    FROM cadastre_taxtitle AS t
    JOIN cadastre_taxroll AS r ON r.id = t.roll_id
    WHERE t.municipality_id = %(town)s AND t.state = 'ISSUED'
      AND (NOT r.needs_approval OR EXISTS (
          SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
      AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
    UNION ALL
    SELECT a.id, true, a.number, a.year, a.kind, a.unit_id, a.key_text, a.property_number, sum(l.issued - l.paid),
           a.state, a.notified_on
    FROM cadastre_arrearstitle AS a
    JOIN cadastre_arrearsline AS l ON l.title_id = a.id
    WHERE a.municipality_id = %(town)s AND a.state <> 'WITHDRAWN'
    GROUP BY a.id
)
SELECT i.id, i.is_taken_over, i.number, i.year, i.kind, i.unit_id, i.key_text, i.property_number,
       i.total + COALESCE(m.amount, 0) AS unpaid, i.state, i.notified_on
FROM issued AS i
LEFT JOIN moved AS m ON (m.title_id = i.id AND NOT i.is_taken_over) OR (m.arrears_id = i.id AND i.is_taken_over)
WHERE i.total + COALESCE(m.amount, 0) > 0
ORDER BY i.year, i.number, i.id
