-- Predios of a municipality without ground, by the national key that they bear now.
SELECT u.id, k.normalised, u.aliquot
FROM cadastre_propertyunit AS u
JOIN cadastre_keyalias AS k
    ON k.unit_id = u.id AND k.is_principal AND upper_inf(k.recorded) AND upper_inf(k.valid) AND k.scheme = 'NATIONAL'
WHERE u.municipality_id = %(municipality)s AND u.parcel_id IS NULL AND u.state <> 'RETIRED'
