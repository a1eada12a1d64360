-- Ground in force that no predio in force stands on.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, g.geom
FROM ground AS g
WHERE NOT EXISTS (SELECT FROM cadastre_propertyunit AS u WHERE u.parcel_id = g.parcel_id AND u.state <> 'RETIRED')
