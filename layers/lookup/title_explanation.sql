-- One title number in, one row out: the title with the lines anyone may see, if the municipality publishes
-- values. Neither the taxpayer nor the portfolio. Uses the index tax_title_number_once.
CREATE FUNCTION lookup.title_explanation(town text, of_title text)
RETURNS TABLE (
    year integer, kind text, title_number text, key_text text, zone_code text, base numeric, total numeric,
    explanation jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
ROWS 1
AS $$
    SELECT r.year::integer, r.kind::text, t.number::text, t.key_text::text, t.zone_code::text, t.base, t.total,
           t.explanation
    FROM cadastre_taxtitle AS t
    JOIN territory_municipality AS m ON m.id = t.municipality_id
    JOIN cadastre_taxroll AS r ON r.id = t.roll_id
    WHERE m.slug = town AND m.shows_value AND t.number = of_title
      AND (NOT r.needs_approval OR EXISTS (
                SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
$$;
