-- The principal keys of the predios whose ground touches that of the parcel %(parcel)s on the civil date %(day)s, in
-- order, %(at_most)s of them. Uses parcel_version_geom, property_unit_of_ground and key_alias_principal.
SELECT k.text
FROM cadastre_parcelversion AS own
JOIN cadastre_parcelversion AS v ON ST_Intersects(v.geom, own.geom) AND v.parcel_id <> own.parcel_id
JOIN cadastre_propertyunit AS u ON u.parcel_id = v.parcel_id AND u.kind = 'WHOLE'
JOIN cadastre_keyalias AS k ON k.unit_id = u.id AND k.is_principal
WHERE own.parcel_id = %(parcel)s AND own.municipality_id = %(town)s
    AND upper_inf(own.recorded) AND own.valid @> %(day)s::date
    AND v.municipality_id = own.municipality_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
    AND k.municipality_id = own.municipality_id AND upper_inf(k.recorded) AND k.valid @> %(day)s::date
ORDER BY k.text
LIMIT %(at_most)s
