-- Neighbourhoods (barrios).
SELECT
    v.feature_id AS id,
    v.id AS version,
    m.slug::text AS municipality,
    v.name::text AS name,
    (SELECT p.name FROM public.territory_parish AS p WHERE p.id = v.parish_id)::text AS parish,
    lower(v.valid) AS valid_from,
    upper(v.valid) AS valid_to,
    lower(v.recorded) AS updated,
    v.geom::geometry(MultiPolygon, 32717) AS geom
FROM public.cadastre_neighbourhood AS v
JOIN (
    SELECT id, slug, (now() AT TIME ZONE time_zone)::date AS today FROM public.territory_municipality OFFSET 0
) AS m ON m.id = v.municipality_id
WHERE upper_inf(v.recorded)
