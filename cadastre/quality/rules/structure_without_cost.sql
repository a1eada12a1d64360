-- Buildings whose structure the ordinance in force does not price.
SELECT b.unit_id, b.parcel_id, b.building_id AS other_id, jsonb_build_object('structure', b.structure) AS detail, b.geom
FROM buildings AS b CROSS JOIN tax_ordinance AS t
WHERE NOT EXISTS (SELECT FROM cadastre_buildingcost AS c WHERE c.ordinance_id = t.id AND c.structure = b.structure)
