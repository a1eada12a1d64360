-- L3: toda geometría guardada es válida, finita, está dentro de los límites y sobre la cuadrícula de un milímetro.
SELECT v.id AS version, v.parcel_id AS parcel
FROM cadastre_parcelversion AS v
WHERE v.geom IS NOT NULL
  AND (
      NOT cadastre_geometry_is_lawful(v.geom)
      OR EXISTS (
          SELECT FROM ST_DumpPoints(v.geom) AS p
          WHERE abs(ST_X(p.geom) * 1000 - round(ST_X(p.geom) * 1000)) > 0.001
             OR abs(ST_Y(p.geom) * 1000 - round(ST_Y(p.geom) * 1000)) > 0.001
      )
  )
