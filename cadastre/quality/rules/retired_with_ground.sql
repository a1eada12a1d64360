-- Retired predios whose ground is in force and nobody else's.
SELECT u.id AS unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, g.geom
FROM cadastre_propertyunit AS u JOIN town_ground AS g ON g.parcel_id = u.parcel_id
WHERE u.municipality_id = %(town)s AND u.state = 'RETIRED'
  AND (%(units)s::uuid[] IS NULL OR u.id = ANY(%(units)s::uuid[]))
  AND NOT EXISTS (SELECT FROM cadastre_propertyunit AS live WHERE live.parcel_id = u.parcel_id AND live.state <> 'RETIRED')
