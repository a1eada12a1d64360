INSERT INTO cadastre_parcelversion (
    municipality_id, parcel_id, parish_id, kind, block_code, address, land_use, geom, geom_hash, source_srid,
    legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, is_observed, valid, recorded, opened_by_id
)
SELECT
    municipality_id, parcel_id, parish_id, kind, block_code, address, land_use, geom, geom_hash, source_srid,
    legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, NOT is_observed,
    valid, tstzrange(%(now)s, NULL), %(operation)s
FROM cadastre_parcelversion
WHERE id = ANY(%(versions)s)
