-- Parishes (parroquias). Their identity is the DPA code, from which the permanent id is made.
SELECT
    md5('parish:' || p.dpa_code)::uuid AS id,
    p.id AS version,
    m.slug::text AS municipality,
    p.dpa_code::text AS code,
    p.name::text AS name,
    p.kind::text AS kind,
    NULL::date AS valid_from,
    NULL::date AS valid_to,
    p.updated_at AS updated,
    p.geom::geometry(MultiPolygon, 32717) AS geom
FROM public.territory_parish AS p
JOIN public.territory_municipality AS m ON m.id = p.municipality_id
WHERE p.geom IS NOT NULL
