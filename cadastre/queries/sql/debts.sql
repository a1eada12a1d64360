-- Titles of the predios %(units)s and those named %(refs)s, of our emissions and of the former system, with what is
-- unpaid of each part: what was issued (there, less what was paid there) and what the ledger moved since. Oldest first.
-- Not those voided, nor of an emission that the treasury has still to receive.
-- Indexes: cadastre_taxtitle (unit_id), (id); cadastre_arrearstitle (unit_id), (id); cadastre_ledgerposting (title_id), (arrears_id).
WITH issued AS (
    SELECT t.id, false AS is_taken_over, t.number, r.year, r.kind, t.unit_id, t.key_text, t.property_number,
           r.recorded_at AS issued_at, NULL::date AS worked_through,
           COALESCE((o.parameters ->> 'rural_follows_art_512')::boolean, false) AS follows_512,
           t.property_tax AS tax, t.fire_levy, t.others,
           0::numeric AS surcharge, 0::numeric AS interest, 0::numeric AS fine
    FROM cadastre_taxtitle AS t
    JOIN cadastre_taxroll AS r ON r.id = t.roll_id
    JOIN territory_ordinance AS o ON o.id = r.ordinance_id
    WHERE t.state = 'ISSUED'
      AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
      AND (NOT r.needs_approval OR EXISTS (
          SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'
      ))
      AND (t.unit_id = ANY(%(units)s::uuid[]) OR t.id = ANY(%(refs)s::uuid[]))
    UNION ALL
    SELECT a.id, true, a.number, a.year, a.kind, a.unit_id, a.key_text, a.property_number,
           COALESCE(a.issued_on, make_date(a.year, 1, 1))::timestamptz, a.worked_through, false,
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'TAX'), 0),
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'FIRE_LEVY'), 0),
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'OTHERS'), 0),
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'SURCHARGE'), 0),
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'INTEREST'), 0),
           COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'FINE'), 0)
    FROM cadastre_arrearstitle AS a
    JOIN cadastre_arrearsline AS l ON l.title_id = a.id
    WHERE a.state <> 'WITHDRAWN' AND (a.unit_id = ANY(%(units)s::uuid[]) OR a.id = ANY(%(refs)s::uuid[]))
    GROUP BY a.id
)
SELECT i.id, i.is_taken_over, i.number, i.year, i.kind, i.unit_id, i.key_text, i.property_number, i.issued_at,
       GREATEST(i.worked_through, moved.worked_on), i.follows_512, i.tax,
       i.tax + moved.tax, i.fire_levy + moved.fire_levy, i.others + moved.others, i.surcharge + moved.surcharge,
       i.interest + moved.interest, i.fine + moved.fine
FROM issued AS i
CROSS JOIN LATERAL (
    SELECT COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_TAX'), 0) AS tax,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_FIRE_LEVY'), 0) AS fire_levy,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_OTHERS'), 0) AS others,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_SURCHARGE'), 0) AS surcharge,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_INTEREST'), 0) AS interest,
           COALESCE(sum(p.amount) FILTER (WHERE p.account = 'RECEIVABLE_FINE'), 0) AS fine,
           max(e.worked_on) FILTER (
               WHERE e.kind IN ('PAYMENT', 'SETTLEMENT')
                 AND NOT EXISTS (SELECT FROM cadastre_ledgerentry AS undone WHERE undone.reverses_id = e.id)
           ) AS worked_on
    FROM cadastre_ledgerposting AS p
    JOIN cadastre_ledgerentry AS e ON e.id = p.entry_id
    WHERE p.title_id = i.id OR p.arrears_id = i.id
) AS moved
ORDER BY i.year, i.number, i.id
