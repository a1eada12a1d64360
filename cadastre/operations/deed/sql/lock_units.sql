-- The predios of an act, locked in the order of their ids. Index: primary key.
SELECT id, state, parcel_id, kind, is_taxable, number, aliquot, revision
FROM cadastre_propertyunit
WHERE id = ANY(%(units)s) AND municipality_id = %(town)s
ORDER BY id
FOR NO KEY UPDATE
