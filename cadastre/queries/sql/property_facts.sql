-- What anyone may know of the predio %(unit)s on the civil date %(day)s, as the register knows it now: one row. Uses the
-- foreign keys' indexes, parcel_version_one_truth_a_day and land_value_zone_geom.
SELECT
    u.id AS unit_id, u.parcel_id, u.kind, u.state, u.number, k.key, coalesce(k.keys, '{}') AS keys, u.aliquot,
    p.name AS parish, coalesce(v.block_code, '') AS block, v.kind AS ground, coalesce(v.address, '') AS address,
    coalesce(v.land_use, '') AS land_use, v.legal_area_m2, v.ellipsoidal_area_m2, v.titled_area_m2,
    coalesce(v.is_observed, false) AS is_observed, coalesce(o.messages, '{}') AS observations,
    z.code AS zone_code, z.value AS zone_value, z.kind AS zone_kind, coalesce(b.buildings, '[]') AS buildings,
    lower(v.valid) AS valid_from, lower(v.recorded) AS recorded_at, ST_AsBinary(v.geom) AS wkb
FROM cadastre_propertyunit AS u
LEFT JOIN LATERAL (
    SELECT array_agg(text ORDER BY is_principal DESC, text) AS keys,
           (array_agg(text ORDER BY text) FILTER (WHERE is_principal AND valid @> %(day)s::date))[1] AS key
    FROM cadastre_keyalias
    WHERE unit_id = u.id AND upper_inf(recorded)
) AS k ON true
LEFT JOIN cadastre_parcelversion AS v
    ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
LEFT JOIN territory_parish AS p ON p.id = v.parish_id
LEFT JOIN LATERAL (
    -- The zone that holds the parcel's inner point: the one the valuation uses too.
    SELECT code, value, kind FROM cadastre_landvaluezone
    WHERE municipality_id = v.municipality_id AND kind = v.kind AND upper_inf(recorded) AND valid @> %(day)s::date
        AND ST_Covers(geom, ST_PointOnSurface(v.geom))
    ORDER BY code
    LIMIT 1
) AS z ON true
LEFT JOIN LATERAL (
    SELECT array_agg(message ORDER BY id) AS messages FROM cadastre_observation
    WHERE (unit_id = u.id OR parcel_id = u.parcel_id) AND resolved_by_id IS NULL
) AS o ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(floors, structure, use, built_in) ORDER BY id)::text AS buildings
    FROM cadastre_buildingversion
    WHERE (unit_id = u.id OR u.kind = 'WHOLE' AND parcel_id = u.parcel_id AND unit_id IS NULL)
        AND upper_inf(recorded) AND valid @> %(day)s::date
) AS b ON true
WHERE u.id = %(unit)s
