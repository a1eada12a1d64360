-- The matrix of a condominium pays nothing: its units do.
UPDATE cadastre_propertyunit AS matrix
SET is_taxable = false
WHERE matrix.municipality_id = %(municipality)s AND matrix.kind = 'WHOLE' AND matrix.is_taxable
  AND matrix.parcel_id IN (
      SELECT unit.parcel_id FROM cadastre_propertyunit AS unit
      WHERE unit.municipality_id = %(municipality)s AND unit.kind = 'CONDOMINIUM' AND unit.state <> 'RETIRED'
  )
