-- Buildings: footprint, floors, use and structure; neither value nor floor area.
SELECT
    v.building_id AS id,
    v.id AS version,
    m.slug::text AS municipality,
    v.floors::integer AS floors,
    v.use::text AS use,
    v.structure::text AS structure,
    lower(v.valid) AS valid_from,
    upper(v.valid) AS valid_to,
    lower(v.recorded) AS updated,
    v.geom::geometry(MultiPolygon, 32717) AS geom
FROM public.cadastre_buildingversion AS v
JOIN (
    SELECT id, slug, (now() AT TIME ZONE time_zone)::date AS today FROM public.territory_municipality OFFSET 0
) AS m ON m.id = v.municipality_id
WHERE upper_inf(v.recorded) AND v.geom IS NOT NULL
