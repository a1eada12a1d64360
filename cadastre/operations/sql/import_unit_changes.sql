-- What a file tells anew of units that are there: their ground if they had none, their number if it is given.
UPDATE cadastre_propertyunit AS u
SET parcel_id = COALESCE(u.parcel_id, c.parcel), number = COALESCE(NULLIF(c.number, ''), u.number)
FROM unnest(%(units)s::uuid[], %(parcels)s::uuid[], %(numbers)s::text[]) AS c (unit, parcel, number)
WHERE u.id = c.unit
