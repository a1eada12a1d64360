-- The predios in force whose ground is of a block, a sector or a polygon, or that were named. Uses parcel_version_geom for a polygon and a sector's own, else parcel_version_block.
SELECT unit.id
FROM cadastre_propertyunit unit
JOIN cadastre_parcelversion ground
  ON ground.parcel_id = unit.parcel_id AND upper_inf(ground.recorded) AND ground.valid @> %(day)s::date
WHERE unit.municipality_id = %(town)s
  AND unit.state <> 'RETIRED'
  AND ground.municipality_id = %(town)s
  AND (
    ground.block_code = %(block)s
    OR starts_with(ground.block_code, %(sector)s::text || '-')
    OR EXISTS (
      SELECT FROM cadastre_sector sector
      WHERE sector.municipality_id = %(town)s AND sector.code = %(sector)s
        AND upper_inf(sector.recorded) AND sector.valid @> %(day)s::date
        AND ground.geom && sector.geom AND ST_Intersects(ST_PointOnSurface(ground.geom), sector.geom)
    )
    OR (
      ground.geom && ST_GeomFromWKB(%(polygon)s::bytea, 32717)
      AND ST_Intersects(ground.geom, ST_GeomFromWKB(%(polygon)s::bytea, 32717))
    )
    OR unit.id = ANY(%(units)s::uuid[])
  )
ORDER BY ground.block_code, unit.id
LIMIT %(most)s
