-- The titles of one year's emissions in a municipality as the treasury's sheet lists them, ordered by number.
SELECT t.number, t.key_text, r.year, t.zone_code, t.base, t.property_tax, t.fire_levy, t.others, t.total, t.state,
       r.kind, COALESCE(u.number, ''), COALESCE(p.name, ''), COALESCE(i.full_name, ''), COALESCE(i.id_number, '')
FROM cadastre_taxtitle AS t
JOIN cadastre_taxroll AS r ON r.id = t.roll_id
JOIN cadastre_propertyunit AS u ON u.id = t.unit_id
LEFT JOIN cadastre_partyidentity AS i ON i.party_id = t.taxpayer_id
LEFT JOIN LATERAL (
    SELECT v.parish_id FROM cadastre_parcelversion AS v
    WHERE v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> make_date(r.year - 1, 12, 31)
) AS v ON true
LEFT JOIN territory_parish AS p ON p.id = v.parish_id
WHERE r.municipality_id = %(town)s AND r.year = %(year)s
ORDER BY t.number
