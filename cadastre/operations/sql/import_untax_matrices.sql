-- The matrix of a condominium pays nothing: its units do.
UPDATE cadastre_propertyunit AS matrix
SET is_taxable = false
WHERE matrix.kind = 'WHOLE' AND matrix.is_taxable
  AND matrix.parcel_id IN (
      SELECT unit.parcel_id FROM cadastre_propertyunit AS unit
      WHERE unit.opened_by_id = %(operation)s AND unit.kind = 'CONDOMINIUM'
  )
