-- One key in, one row out: the last tax title of one property with the lines anyone may see, if the
-- municipality publishes values. Titles of emissions not yet received by Tesorería, and voided ones, are not told.
-- Uses the indexes key_alias_lookup and tax_title_once. A key that has passed from one property to another means the
-- one that bears it last.
CREATE FUNCTION lookup.property_tax(town text, normalised_key text)
RETURNS TABLE (
    year integer, kind text, title_number text, zone_code text, base numeric, property_tax numeric,
    fire_levy numeric, others numeric, total numeric, explanation jsonb
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
ROWS 1
AS $$
    WITH wanted AS (
        SELECT k.unit_id FROM cadastre_keyalias AS k
        JOIN territory_municipality AS m ON m.id = k.municipality_id
        WHERE m.slug = town AND m.shows_value AND k.normalised = normalised_key AND upper_inf(k.recorded)
        ORDER BY k.is_principal DESC, lower(k.valid) DESC NULLS LAST
        LIMIT 1
    )
    SELECT r.year::integer, r.kind::text, t.number::text, t.zone_code::text, t.base, t.property_tax, t.fire_levy,
           t.others, t.total, t.explanation
    FROM wanted AS w
    JOIN cadastre_taxtitle AS t ON t.unit_id = w.unit_id
    JOIN cadastre_taxroll AS r ON r.id = t.roll_id
    WHERE (NOT r.needs_approval OR EXISTS (
                SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = r.id AND s.step = 'RECEIVED'))
      AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
    ORDER BY r.year DESC, r.recorded_at DESC
    LIMIT 1
$$;
