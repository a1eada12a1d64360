-- The same ground with what the ficha says of it besides: a correction, in force since the version it replaces.
INSERT INTO cadastre_parcelversion (
    municipality_id, parcel_id, parish_id, kind, block_code, address, land_use, geom, geom_hash, source_srid,
    legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, is_observed, valid, recorded, opened_by_id
)
SELECT
    v.municipality_id, v.parcel_id, v.parish_id, COALESCE(NULLIF(f.kind, ''), v.kind), v.block_code,
    COALESCE(NULLIF(f.address, ''), v.address), COALESCE(NULLIF(f.land_use, ''), v.land_use), v.geom, v.geom_hash,
    v.source_srid, v.legal_area_m2, v.ellipsoidal_area_m2, COALESCE(f.titled_area, v.titled_area_m2), v.attributes,
    v.is_observed, v.valid, tstzrange(%(now)s, NULL), %(operation)s
FROM unnest(
    %(versions)s::bigint[], %(kinds)s::text[], %(addresses)s::text[], %(land_uses)s::text[], %(areas)s::numeric[]
) AS f (version, kind, address, land_use, titled_area)
JOIN cadastre_parcelversion AS v ON v.id = f.version
