-- L5: todo predio que no está dado de baja tiene una clave principal, aunque sea provisional.
SELECT u.id AS unit, u.number
FROM cadastre_propertyunit AS u
WHERE u.state <> 'RETIRED'
  AND NOT EXISTS (
      SELECT FROM cadastre_keyalias AS k WHERE k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded)
  )
