-- Retired predios upon which somebody still holds a right.
SELECT u.id AS unit_id, u.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM cadastre_propertyunit AS u
WHERE u.municipality_id = %(town)s AND u.state = 'RETIRED'
  AND (%(units)s::uuid[] IS NULL OR u.id = ANY(%(units)s::uuid[]))
  AND EXISTS (SELECT FROM rights AS r WHERE r.unit_id = u.id)
