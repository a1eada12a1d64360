-- L3: el área legal guardada es la que mide la geometría en el CRS legal del municipio (a la millonésima).
SELECT v.id AS version, v.parcel_id AS parcel, v.legal_area_m2 AS stored,
       ST_Area(ST_Transform(v.geom, m.legal_srid)) AS measured
FROM cadastre_parcelversion AS v
JOIN territory_municipality AS m ON m.id = v.municipality_id
WHERE v.geom IS NOT NULL
  AND (
      v.legal_area_m2 IS NULL OR v.ellipsoidal_area_m2 IS NULL
      OR abs(v.legal_area_m2 - ST_Area(ST_Transform(v.geom, m.legal_srid))::numeric) > 0.01 + v.legal_area_m2 / 1000000
  )
