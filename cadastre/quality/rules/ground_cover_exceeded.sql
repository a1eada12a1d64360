-- Footprints over the share that the plan allows on the ground floor.
SELECT NULL::uuid AS unit_id, g.parcel_id, z.feature_id AS other_id,
       jsonb_build_object('zone', z.code, 'allowed_pct', z.ground_cover_pct,
                          'cover_pct', round((100 * built.area / ST_Area(g.geom))::numeric, 1)) AS detail, NULL::geometry AS geom
FROM ground AS g
JOIN (SELECT parcel_id, sum(ST_Area(geom)) AS area FROM buildings WHERE geom IS NOT NULL GROUP BY parcel_id) AS built
  ON built.parcel_id = g.parcel_id
JOIN land_use_zones AS z ON z.geom && g.geom AND ST_Covers(z.geom, ST_PointOnSurface(g.geom))
WHERE 100 * built.area / ST_Area(g.geom) > z.ground_cover_pct::float8 + %(excess_pct)s::float8
