-- Predios known now and open-ended: key, number, parish and ground in one layer.
SELECT
    u.fid AS OGC_FID,
    k.text AS clave,
    u.number AS numero,
    u.kind AS clase,
    u.state AS estado,
    v.kind AS suelo,
    p.name AS parroquia,
    v.block_code AS manzana,
    v.legal_area_m2 AS area_legal_m2,
    v.titled_area_m2 AS area_titulo_m2,
    v.valid_from AS vigente_desde,
    u.id AS predio_id,
    v.parcel_id AS terreno_id,
    v.geom AS geom
FROM cadastre_propertyunit AS u
JOIN cadastre_parcelversion AS v
    ON v.parcel_id = u.parcel_id AND v.recorded_to IS NULL AND v.valid_to IS NULL
LEFT JOIN cadastre_keyalias AS k
    ON k.unit_id = u.id AND k.is_principal AND k.recorded_to IS NULL AND k.valid_to IS NULL
LEFT JOIN territory_parish AS p ON p.id = v.parish_id
