-- One key or title number in, one row out: what is open on one property by year, without name, if the municipality
-- publishes debts. Only titles that count: received by Tesorería where their emission needs it, and not voided.
-- `titles` is a JSON array, oldest year first; amounts are strings. A key that has passed from one property to another
-- means the one that bears it last.
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
    ), wanted AS (
        SELECT unit_id FROM named ORDER BY is_principal DESC, since DESC NULLS LAST LIMIT 1
    )
    SELECT max(t.key_text)::text,
           COALESCE(
               jsonb_agg(
                   jsonb_build_object(
                       'year', r.year, 'kind', r.kind, 'number', t.number,
                       'property_tax', t.property_tax::text, 'fire_levy', t.fire_levy::text,
                       'others', t.others::text, 'total', t.total::text
                   ) ORDER BY r.year, r.kind
               ) FILTER (WHERE t.id IS NOT NULL),
               '[]'::jsonb
           )
    FROM wanted AS w
    LEFT JOIN (
        cadastre_taxtitle AS t
        JOIN cadastre_taxroll AS r ON r.id = t.roll_id
            AND (NOT r.needs_approval OR EXISTS (
                SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
    ) ON t.unit_id = w.unit_id AND t.state = 'ISSUED'
        AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
    GROUP BY w.unit_id
$$;
