-- Each sale of a municipality with its last decision, the value of the predio's last title, its zone there, and whether the
-- ground was cut, joined or measured anew after the sale. Uses sale_by_day and the foreign keys' indexes.
SELECT s.id, COALESCE(NULLIF(s.key_text, ''), s.id::text), s.price, s.sold_on, s.stratum, s.unit_id,
       CASE WHEN d.id IS NULL THEN s.excluded ELSE d.reason END AS reason, d.id IS NOT NULL AS is_decided, COALESCE(d.note, ''),
       t.base, COALESCE(t.zone_code, ''),
       EXISTS (
           SELECT FROM cadastre_propertyunit AS u
           JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded)
           JOIN cadastre_operation AS o ON o.id = v.opened_by_id
           WHERE u.id = s.unit_id AND lower(v.valid) > s.sold_on
             AND o.verb IN ('split_parcel', 'merge_parcels', 'adjust_boundary', 'rectify_area')
       ) AS has_changed
FROM cadastre_sale AS s
LEFT JOIN LATERAL (
    SELECT one.id, one.reason, one.note FROM cadastre_saledecision AS one WHERE one.sale_id = s.id ORDER BY one.id DESC LIMIT 1
) AS d ON true
LEFT JOIN LATERAL (
    SELECT tt.base, tt.zone_code FROM cadastre_taxtitle AS tt JOIN cadastre_taxroll AS r ON r.id = tt.roll_id
    WHERE tt.unit_id = s.unit_id ORDER BY r.year DESC, r.supplement DESC LIMIT 1
) AS t ON true
WHERE s.municipality_id = %(town)s
ORDER BY s.sold_on DESC NULLS LAST, s.key_text, s.id
