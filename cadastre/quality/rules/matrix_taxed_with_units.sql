-- Matrix predios marked as taxable while their units of condominium are.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, jsonb_build_object('units', c.units) AS detail, NULL::geometry AS geom
FROM units AS u
JOIN LATERAL (
    SELECT count(*) AS units FROM cadastre_propertyunit AS part
    WHERE part.parcel_id = u.parcel_id AND part.kind = 'CONDOMINIUM' AND part.state <> 'RETIRED'
) AS c ON c.units > 0
WHERE u.kind = 'WHOLE' AND u.is_taxable
