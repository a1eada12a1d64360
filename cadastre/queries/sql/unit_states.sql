-- Each predio as it stands on a civil date, as the register knows it now: one row a predio, in the order asked. It
-- began on the first day of its oldest key or, but in a condominium, of its ground; null: it was always there.
-- Indexes: primary keys, key_alias_principal, parcel_version_one_truth_a_day, right_unit, restriction_unit.
SELECT u.id, u.parcel_id, u.kind, u.state, u.number, u.aliquot, u.is_taxable, u.revision,
       NULLIF(LEAST(
           (
               SELECT min(COALESCE(lower(valid), '-infinity'::date)) FROM cadastre_keyalias
               WHERE unit_id = u.id AND upper_inf(recorded)
           ),
           (
               SELECT min(COALESCE(lower(valid), '-infinity'::date)) FROM cadastre_parcelversion
               WHERE parcel_id = u.parcel_id AND u.kind <> 'CONDOMINIUM' AND upper_inf(recorded)
           )
       ), '-infinity'::date),
       k.text, v.id, v.legal_area_m2, v.titled_area_m2, v.geom_hash, ST_AsBinary(v.geom), v.is_observed,
       r.rights, e.encumbrances
FROM unnest(%(units)s::uuid[]) WITH ORDINALITY AS asked (id, place)
JOIN cadastre_propertyunit AS u ON u.id = asked.id
LEFT JOIN LATERAL (
    SELECT text FROM cadastre_keyalias
    WHERE unit_id = u.id AND is_principal AND upper_inf(recorded) AND valid @> %(day)s::date
    LIMIT 1
) AS k ON true
LEFT JOIN cadastre_parcelversion AS v
    ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(party_id, kind, share_numerator, share_denominator)
                    ORDER BY kind, party_id) AS rights
    FROM cadastre_right
    WHERE unit_id = u.id AND upper_inf(recorded) AND valid @> %(day)s::date
) AS r ON true
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(encumbrance_id, kind, amount::text) ORDER BY encumbrance_id) AS encumbrances
    FROM (
        SELECT encumbrance_id, kind, amount FROM cadastre_restriction
        WHERE unit_id = u.id AND upper_inf(recorded) AND valid @> %(day)s::date
        UNION ALL
        SELECT encumbrance_id, kind, NULL FROM cadastre_responsibility
        WHERE unit_id = u.id AND upper_inf(recorded) AND valid @> %(day)s::date
    ) AS bound
) AS e ON true
ORDER BY asked.place
