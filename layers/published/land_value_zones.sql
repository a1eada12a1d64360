-- Land value per m² or ha of the zone: public by ordinance, unlike the value of one parcel.
SELECT
    v.feature_id AS id,
    v.id AS version,
    m.slug::text AS municipality,
    v.code::text AS code,
    v.name::text AS name,
    v.kind::text AS kind,
    v.value AS unit_value,
    CASE v.kind WHEN 'URBAN' THEN 'USD/m2' ELSE 'USD/ha' END AS unit,
    lower(v.valid) AS valid_from,
    upper(v.valid) AS valid_to,
    lower(v.recorded) AS updated,
    v.geom::geometry(MultiPolygon, 32717) AS geom
FROM public.cadastre_landvaluezone AS v
JOIN (
    SELECT id, slug, (now() AT TIME ZONE time_zone)::date AS today FROM public.territory_municipality OFFSET 0
) AS m ON m.id = v.municipality_id
-- What is only drafted is not public yet.
JOIN public.territory_ordinance AS o ON o.id = v.ordinance_id AND o.state = 'APPROVED'
WHERE upper_inf(v.recorded)
