-- The titles of one year's emissions in a municipality as the treasury's sheet lists them, ordered by number. All but
-- the taxpayer's name and document is what was written at the emission; those two stand in one erasable table.
SELECT t.number, t.key_text, r.year, t.zone_code, t.base, t.property_tax, t.fire_levy, t.others, t.total,
       CASE WHEN EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = t.id AND v.is_granted)
            THEN 'VOIDED' ELSE t.state END,
       r.kind, t.property_number, COALESCE(p.name, ''), COALESCE(i.full_name, ''), COALESCE(i.id_number, '')
FROM cadastre_taxtitle AS t
JOIN cadastre_taxroll AS r ON r.id = t.roll_id
LEFT JOIN cadastre_partyidentity AS i ON i.party_id = t.taxpayer_id
LEFT JOIN territory_parish AS p ON p.dpa_code = t.parish_code
WHERE r.municipality_id = %(town)s AND r.year = %(year)s
ORDER BY t.number
