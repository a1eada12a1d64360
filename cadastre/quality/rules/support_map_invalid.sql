-- Maps that the tables do not check themselves: neighbourhoods, urban limits, roads. Told for the whole town.
SELECT NULL::uuid AS unit_id, NULL::uuid AS parcel_id, m.feature_id AS other_id,
       jsonb_build_object('layer', m.layer, 'name', m.name, 'why', ST_IsValidReason(m.geom)) AS detail,
       COALESCE(location(ST_IsValidDetail(m.geom)), m.geom) AS geom
FROM (
    SELECT feature_id, 'barrio' AS layer, COALESCE(NULLIF(name, ''), code) AS name, geom FROM cadastre_neighbourhood
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
    UNION ALL
    SELECT feature_id, 'límite urbano', COALESCE(NULLIF(name, ''), code), geom FROM cadastre_urbanlimit
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
    UNION ALL
    SELECT feature_id, 'vía', COALESCE(NULLIF(name, ''), code), geom FROM cadastre_road
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
) AS m
WHERE %(parcels)s::uuid[] IS NULL AND NOT ST_IsValid(m.geom)
