-- Parcels as the register knows them now, each with the days on which it was so. The key is a scalar subquery and the
-- parish an outer join by its primary key: they cost nothing where they are not asked for. Uses the indexes
-- parcel_version_now, parcel_version_geom, property_unit_of_ground and key_alias_principal.
SELECT
    v.parcel_id AS id,
    v.id AS version,
    m.slug::text AS municipality,
    (
        SELECT k.text FROM public.cadastre_keyalias AS k
        WHERE k.unit_id = (
            SELECT u.id FROM public.cadastre_propertyunit AS u
            WHERE u.parcel_id = v.parcel_id AND u.kind = 'WHOLE'
            LIMIT 1
        ) AND k.is_principal AND upper_inf(k.recorded)
        ORDER BY lower(k.valid) DESC
        LIMIT 1
    )::text AS key,
    p.dpa_code::text AS parish_code,
    p.name::text AS parish,
    v.block_code::text AS block,
    v.kind::text AS kind,
    v.land_use::text AS land_use,
    v.legal_area_m2,
    v.ellipsoidal_area_m2,
    CASE WHEN v.is_observed THEN 'OBSERVED' ELSE 'ADMITTED' END AS status,
    lower(v.valid) AS valid_from,
    upper(v.valid) AS valid_to,
    lower(v.recorded) AS updated,
    v.geom::geometry(MultiPolygon, 32717) AS geom
FROM public.cadastre_parcelversion AS v
JOIN (
    SELECT id, slug, (now() AT TIME ZONE time_zone)::date AS today FROM public.territory_municipality OFFSET 0
) AS m ON m.id = v.municipality_id
LEFT JOIN public.territory_parish AS p ON p.id = v.parish_id
WHERE upper_inf(v.recorded) AND v.geom IS NOT NULL
