-- Every unit of a municipality with its ground as it is known and in force on a day (or later, when it begins
-- later), and its keys of all times. Uses parcel_version_one_truth_a_day and key_alias_lookup.
SELECT
    u.id AS unit_id,
    u.parcel_id,
    v.id AS version_id,
    COALESCE(p.external_id, '') AS external_id,
    u.number,
    u.state,
    u.aliquot,
    COALESCE(v.geom_hash, '') AS geom_hash,
    v.geom IS NOT NULL AS has_map,
    COALESCE(v.attributes, '{}') AS attributes,
    v.block_code,
    v.address,
    v.land_use,
    -- a kind that nothing told is none
    CASE WHEN u.id NOT IN (
        SELECT b.unit_id FROM cadastre_observation AS b
        WHERE b.code = 'no_kind' AND b.resolved_by_id IS NULL AND b.unit_id IS NOT NULL
    ) THEN v.kind END AS kind,
    v.titled_area_m2,
    parish.dpa_code AS parish,
    lower(v.valid) AS valid_from,
    k.keys,
    COALESCE(k.principal, '') AS principal,
    COALESCE(k.is_provisional, false) AS is_provisional
FROM cadastre_propertyunit AS u
LEFT JOIN cadastre_parcel AS p ON p.id = u.parcel_id
LEFT JOIN cadastre_parcelversion AS v
    ON v.parcel_id = u.parcel_id AND u.kind = 'WHOLE' AND upper_inf(v.recorded) AND upper_inf(v.valid)
LEFT JOIN territory_parish AS parish ON parish.id = v.parish_id
LEFT JOIN LATERAL (
    SELECT
        array_agg(DISTINCT a.normalised) AS keys,
        max(a.text) FILTER (WHERE a.is_principal AND upper_inf(a.valid)) AS principal,
        bool_or(a.scheme = 'PROVISIONAL') FILTER (WHERE a.is_principal AND upper_inf(a.valid)) AS is_provisional
    FROM cadastre_keyalias AS a
    WHERE a.unit_id = u.id AND upper_inf(a.recorded)
) AS k ON true
WHERE u.municipality_id = %(municipality)s
-- Provisional keys in the order of their numbers.
ORDER BY u.created_at, length(k.principal), k.principal, u.id
