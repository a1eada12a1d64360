-- What anyone may know of the predio %(unit)s on the civil date %(day)s: one row. As the register knows it now, or knew it
-- at the instant %(known)s: then properties.py puts that instant in the place of `upper_inf(recorded)`. The state is that of
-- the day: a predio retired later was in force then. Uses the foreign keys' indexes, parcel_version_one_truth_a_day and
-- land_value_zone_geom.
SELECT
    u.id AS unit_id, u.parcel_id, u.kind,
    CASE
        WHEN k.key IS NULL AND k.ended THEN 'RETIRED'
        WHEN u.state <> 'RETIRED' AND %(known)s::timestamptz IS NULL THEN u.state
        WHEN v.is_observed OR o.messages IS NOT NULL THEN 'OBSERVED'
        ELSE 'ACTIVE'
    END AS state,
    u.number, k.key, coalesce(k.keys, '{}') AS keys, u.aliquot,
    p.name AS parish, coalesce(v.block_code, '') AS block, v.kind AS ground, coalesce(v.address, '') AS address,
    coalesce(v.land_use, '') AS land_use, v.legal_area_m2, v.ellipsoidal_area_m2, v.titled_area_m2,
    coalesce(v.is_observed, false) AS is_observed, coalesce(o.messages, '{}') AS observations,
    z.code AS zone_code, z.value AS zone_value, z.kind AS zone_kind, coalesce(b.buildings, '[]') AS buildings,
    coalesce(w.works, '[]') AS works,
    lower(v.valid) AS valid_from, lower(v.recorded) AS recorded_at, ST_AsBinary(v.geom) AS wkb
FROM cadastre_propertyunit AS u
LEFT JOIN LATERAL (
    SELECT array_agg(text ORDER BY is_principal DESC, text) AS keys,
           (array_agg(text ORDER BY text) FILTER (WHERE is_principal AND valid @> %(day)s::date))[1] AS key,
           bool_or(upper(valid) <= %(day)s::date) FILTER (WHERE is_principal) AS ended
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
        AND ordinance_id IN (SELECT id FROM territory_ordinance WHERE state = 'APPROVED')
        AND ST_Covers(geom, ST_PointOnSurface(v.geom))
    ORDER BY code
    LIMIT 1
) AS z ON true
LEFT JOIN LATERAL (
    SELECT array_agg(b.message ORDER BY b.id) AS messages
    FROM cadastre_observation AS b
    JOIN cadastre_operation AS made ON made.id = b.operation_id
    LEFT JOIN cadastre_operation AS mended ON mended.id = b.resolved_by_id
    WHERE (b.unit_id = u.id OR b.parcel_id = u.parcel_id) AND CASE
        WHEN %(known)s::timestamptz IS NULL THEN b.resolved_by_id IS NULL
        ELSE made.recorded_at <= %(known)s::timestamptz
            AND (mended.recorded_at IS NULL OR mended.recorded_at > %(known)s::timestamptz)
    END
) AS o ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(floors, structure, use, built_in) ORDER BY id)::text AS buildings
    FROM cadastre_buildingversion
    WHERE (unit_id = u.id OR u.kind = 'WHOLE' AND parcel_id = u.parcel_id AND unit_id IS NULL)
        AND upper_inf(recorded) AND valid @> %(day)s::date
) AS b ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_array(kind, material, quantity::text, measure, built_in) ORDER BY id)::text AS works
    FROM cadastre_complementarywork
    WHERE u.kind = 'WHOLE' AND parcel_id = u.parcel_id AND upper_inf(recorded) AND valid @> %(day)s::date
) AS w ON true
WHERE u.id = %(unit)s
