-- The matrix of a condominium pays nothing: its units do. The divided parcels are asked once, as an array: in an import
-- that has just written them the planner knows no statistics, and would ask for them again for every predio.
-- Indexes: cadastre_propertyunit (municipality_id), property_unit_of_ground.
UPDATE cadastre_propertyunit AS matrix
SET is_taxable = false
WHERE matrix.municipality_id = %(municipality)s AND matrix.kind = 'WHOLE' AND matrix.is_taxable
  AND matrix.parcel_id = ANY (ARRAY(
      SELECT DISTINCT unit.parcel_id FROM cadastre_propertyunit AS unit
      WHERE unit.municipality_id = %(municipality)s AND unit.kind = 'CONDOMINIUM' AND unit.state <> 'RETIRED'
  ))
