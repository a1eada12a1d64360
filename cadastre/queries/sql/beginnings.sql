-- Since when each predio is in the register: the first day of its oldest key or, but in a condominium, of its ground
-- (key_alias_principal, parcel_version_one_truth_a_day). Null: always.
SELECT u.id, NULLIF(LEAST(
    (
        SELECT min(COALESCE(lower(k.valid), '-infinity'::date)) FROM cadastre_keyalias AS k
        WHERE k.unit_id = u.id AND upper_inf(k.recorded)
    ),
    (
        SELECT min(COALESCE(lower(v.valid), '-infinity'::date)) FROM cadastre_parcelversion AS v
        WHERE v.parcel_id = u.parcel_id AND u.kind <> 'CONDOMINIUM' AND upper_inf(v.recorded)
    )
), '-infinity'::date)
FROM cadastre_propertyunit AS u
WHERE u.id = ANY(%(units)s)
