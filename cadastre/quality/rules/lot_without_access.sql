-- Lots that a subdivision left without a front to any road, where the map knows the roads around: one lies within reach of
-- the lot's surroundings. A right of way registered on a neighbouring predio is an access. It warns and does not stop: the
-- map may lack a lane, and a lot of the same subdivision may be the passage.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id,
       jsonb_build_object('road_m', round(nearest.metres::numeric, 1)) AS detail, g.geom
FROM ground AS g
JOIN cadastre_operation AS o ON o.id = g.opened_by_id AND o.verb = 'split_parcel' AND o.valid_from >= %(day)s::date - 3650
CROSS JOIN LATERAL (
    -- What of its edge lies along a road and not along another predio.
    SELECT COALESCE(ST_Length(ST_Difference(
        ST_Intersection(ST_Boundary(g.geom), ST_Union(ST_Buffer(
            r.geom, COALESCE(r.width_m, %(road_width_m)s)::float8 / 2 + %(reach_m)s::float8
        ))),
        COALESCE((
            SELECT ST_Union(ST_Buffer(n.geom, 0.02)) FROM town_ground AS n
            WHERE n.parcel_id <> g.parcel_id AND n.geom && g.geom AND ST_Intersects(n.geom, g.geom)
        ), ST_GeomFromText('POLYGON EMPTY', 32717))
    )), 0)::numeric AS length_m
    FROM roads AS r WHERE ST_DWithin(r.geom, g.geom, 60)
) AS front
CROSS JOIN LATERAL (
    SELECT min(ST_Distance(r.geom, g.geom)) AS metres FROM roads AS r WHERE ST_DWithin(r.geom, g.geom, %(known_m)s::float8)
) AS nearest
WHERE front.length_m = 0 AND nearest.metres IS NOT NULL
  AND NOT EXISTS (
      SELECT FROM town_ground AS n
      JOIN cadastre_propertyunit AS u ON u.parcel_id = n.parcel_id
      JOIN cadastre_restriction AS e ON e.unit_id = u.id AND e.kind = 'EASEMENT' AND upper_inf(e.recorded)
          AND e.valid @> %(day)s::date
      WHERE n.parcel_id <> g.parcel_id AND n.geom && g.geom AND ST_Intersects(n.geom, g.geom)
  )
  AND EXISTS (SELECT FROM cadastre_lineage AS l WHERE l.child_id = g.parcel_id AND l.operation_id = o.id)
  AND NOT EXISTS (
      SELECT FROM cadastre_operationsource AS os JOIN cadastre_administrativesource AS s ON s.id = os.source_id
      WHERE os.operation_id = o.id AND s.kind = 'COURT_ORDER'
  )
