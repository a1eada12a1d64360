-- A predio and those on the same parcel, locked in the order of their ids. Indexes: primary key, parcel_id.
SELECT id
FROM cadastre_propertyunit
WHERE id = %(unit)s
   OR parcel_id = (SELECT parcel_id FROM cadastre_propertyunit WHERE id = %(unit)s)
ORDER BY id
FOR NO KEY UPDATE
