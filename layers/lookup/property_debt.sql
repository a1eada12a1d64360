-- One key or title number in, one row out: what is unpaid on one property by year, without name, if the municipality
-- publishes debts. Only titles that count: received by Tesorería where their emission needs it, and not voided; and
-- those taken over from a former system. `titles` is a JSON array, oldest year first; amounts are strings: what the
-- ledger leaves unpaid, part by part. A key that has passed from one property to another means the one that bears it last.
CREATE FUNCTION lookup.property_debt(town text, normalised_key text, of_title text)
RETURNS TABLE (key_text text, titles jsonb)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
ROWS 1
AS $$
    WITH named AS (
        SELECT k.unit_id, k.is_principal, lower(k.valid) AS since FROM cadastre_keyalias AS k
        JOIN territory_municipality AS m ON m.id = k.municipality_id
        WHERE m.slug = town AND m.shows_debt AND k.normalised = normalised_key AND upper_inf(k.recorded)
        UNION ALL
        SELECT t.unit_id, true, NULL FROM cadastre_taxtitle AS t
        JOIN territory_municipality AS m ON m.id = t.municipality_id
        WHERE m.slug = town AND m.shows_debt AND t.number = of_title
        UNION ALL
        SELECT a.unit_id, false, NULL FROM cadastre_arrearstitle AS a
        JOIN territory_municipality AS m ON m.id = a.municipality_id
        WHERE m.slug = town AND m.shows_debt AND a.number = of_title AND a.unit_id IS NOT NULL
    ), wanted AS (
        SELECT unit_id FROM named ORDER BY is_principal DESC, since DESC NULLS LAST LIMIT 1
    ), issued AS (
        SELECT t.id, false AS is_taken_over, r.year, r.kind, t.number, t.key_text, t.property_tax AS tax, t.fire_levy,
               t.others, 0::numeric AS surcharge, 0::numeric AS interest, 0::numeric AS fine, t.property_tax AS issued_tax, NULL::date AS worked_through,
               COALESCE((o.parameters ->> 'rural_follows_art_512')::boolean, false) AS follows_512
        FROM wanted AS w
        JOIN cadastre_taxtitle AS t ON t.unit_id = w.unit_id AND t.state = 'ISSUED'
        JOIN cadastre_taxroll AS r ON r.id = t.roll_id
        JOIN territory_ordinance AS o ON o.id = r.ordinance_id
        WHERE (NOT r.needs_approval OR EXISTS (
                  SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
          AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
        UNION ALL
        SELECT a.id, true, a.year, a.kind, a.number, a.key_text,
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'TAX'), 0),
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'FIRE_LEVY'), 0),
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'OTHERS'), 0),
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'SURCHARGE'), 0),
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'INTEREST'), 0),
               COALESCE(sum(l.issued - l.paid) FILTER (WHERE l.part = 'FINE'), 0),
               0, a.worked_through, false
        FROM wanted AS w
        JOIN cadastre_arrearstitle AS a ON a.unit_id = w.unit_id AND a.state <> 'WITHDRAWN'
        JOIN cadastre_arrearsline AS l ON l.title_id = a.id
        GROUP BY a.id
    ), unpaid AS (
        SELECT i.id, i.is_taken_over, i.year, i.kind, i.number, i.key_text, i.issued_tax, i.follows_512,
               GREATEST(i.worked_through, moved.worked_on) AS worked_through,
               i.tax + moved.tax AS tax, i.fire_levy + moved.fire_levy AS fire_levy, i.others + moved.others AS others,
               i.surcharge + moved.surcharge AS surcharge, i.interest + moved.interest AS interest,
               i.fine + moved.fine AS fine
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
                         AND NOT EXISTS (SELECT FROM cadastre_ledgerentry AS u WHERE u.reverses_id = e.id)
                   ) AS worked_on
            FROM cadastre_ledgerposting AS p
            JOIN cadastre_ledgerentry AS e ON e.id = p.entry_id
            WHERE p.title_id = i.id OR p.arrears_id = i.id
        ) AS moved
    )
    SELECT max(u.key_text)::text,
           COALESCE(
               jsonb_agg(
                   jsonb_build_object(
                       'year', u.year, 'kind', u.kind, 'number', u.number,
                       'property_tax', u.tax::text, 'fire_levy', u.fire_levy::text, 'others', u.others::text,
                       'surcharge', u.surcharge::text, 'interest', u.interest::text, 'fine', u.fine::text,
                       'issued_tax', u.issued_tax::text,
                       'follows_512', u.follows_512, 'worked_through', u.worked_through,
                       'is_taken_over', u.is_taken_over,
                       'total', (u.tax + u.fire_levy + u.others + u.surcharge + u.interest + u.fine)::text
                   ) ORDER BY u.year, u.kind, u.number
               ) FILTER (WHERE u.tax + u.fire_levy + u.others + u.surcharge + u.interest + u.fine > 0),
               '[]'::jsonb
           )
    FROM wanted AS w
    LEFT JOIN unpaid AS u ON true
    GROUP BY w.unit_id
$$;
