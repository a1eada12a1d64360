-- What became known after an emission and was valid on its civil date: predios to liquidate anew (practice: novedades).
-- One row a predio and act. Opened versions alone: what an act closed, it replaced or ended by one of these.
WITH later AS (
    SELECT o.id, o.verb, o.recorded_at FROM cadastre_operation AS o
    WHERE o.municipality_id = %(town)s AND o.recorded_at > %(since)s AND o.verb <> 'emit_tax_roll'
), changed AS (
    SELECT r.unit_id, l.verb, l.recorded_at, 'HOLDER' AS what
    FROM later AS l JOIN cadastre_right AS r ON r.opened_by_id = l.id
    WHERE upper_inf(r.recorded) AND r.valid @> %(day)s::date
    UNION
    SELECT u.id, l.verb, l.recorded_at, 'GROUND'
    FROM later AS l
    JOIN cadastre_parcelversion AS v ON v.opened_by_id = l.id
    JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id
    WHERE upper_inf(v.recorded) AND v.valid @> %(day)s::date
    UNION
    SELECT COALESCE(b.unit_id, u.id), l.verb, l.recorded_at, 'BUILDING'
    FROM later AS l
    JOIN cadastre_buildingversion AS b ON b.opened_by_id = l.id
    LEFT JOIN cadastre_propertyunit AS u ON u.parcel_id = b.parcel_id AND b.unit_id IS NULL
    WHERE upper_inf(b.recorded) AND b.valid @> %(day)s::date
    UNION
    SELECT g.unit_id, l.verb, l.recorded_at, 'GRANT'
    FROM later AS l JOIN cadastre_taxgrant AS g ON g.opened_by_id = l.id OR g.closed_by_id = l.id
    WHERE g.from_year <= %(year)s AND (g.until_year IS NULL OR g.until_year >= %(year)s)
    UNION
    SELECT r.unit_id, l.verb, l.recorded_at, 'PERSON'
    FROM later AS l
    JOIN cadastre_holderfact AS f ON f.opened_by_id = l.id
    JOIN cadastre_right AS r ON r.party_id = f.party_id AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
    WHERE upper_inf(f.recorded) AND f.valid @> %(day)s::date
      AND (f.unit_id IS NULL OR f.unit_id = r.unit_id)
)
SELECT c.unit_id, COALESCE(t.key_text, k.text, u.number, u.id::text), c.what, c.verb, c.recorded_at, t.number
FROM changed AS c
JOIN cadastre_propertyunit AS u ON u.id = c.unit_id AND u.is_taxable
LEFT JOIN cadastre_taxtitle AS t ON t.roll_id = %(roll)s AND t.unit_id = c.unit_id
LEFT JOIN LATERAL (
    SELECT a.text FROM cadastre_keyalias AS a
    WHERE a.unit_id = u.id AND upper_inf(a.recorded) ORDER BY a.is_principal DESC, a.id LIMIT 1
) AS k ON true
WHERE t.id IS NOT NULL
   OR EXISTS (
       SELECT FROM cadastre_parcelversion AS v
       WHERE v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date AND v.kind = %(kind)s
   )
ORDER BY 2, c.recorded_at, c.what
