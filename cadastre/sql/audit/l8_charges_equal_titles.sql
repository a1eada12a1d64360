-- L8: lo que el libro carga por una emisión es, parte por parte, la suma de sus títulos, sin los dados de baja antes.
WITH charged AS (
    SELECT e.roll_id, e.recorded_at,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_TAX'), 0) AS tax,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_FIRE_LEVY'), 0) AS fire_levy,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_OTHERS'), 0) AS others
    FROM cadastre_ledgerentry AS e
    JOIN cadastre_ledgerposting AS p ON p.entry_id = e.id
    WHERE e.kind = 'CHARGE'
    GROUP BY e.roll_id, e.recorded_at
)
SELECT c.roll_id AS roll, c.tax, c.fire_levy, c.others
FROM charged AS c
JOIN cadastre_taxtitle AS t ON t.roll_id = c.roll_id
WHERE NOT EXISTS (
    SELECT FROM cadastre_titlevoiding AS v
    WHERE v.title_id = t.id AND v.is_granted AND v.decided_at < c.recorded_at
)
GROUP BY c.roll_id, c.tax, c.fire_levy, c.others
HAVING (c.tax, c.fire_levy, c.others) <> (sum(t.property_tax), sum(t.fire_levy), sum(t.others))
