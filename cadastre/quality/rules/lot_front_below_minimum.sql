-- Lots that a subdivision left with a narrower front than the plan in force allows. Fronts to several roads count together,
-- so that a corner is never found too narrow. A lot without any is told by lot_without_access.
SELECT NULL::uuid AS unit_id, g.parcel_id, z.feature_id AS other_id,
       jsonb_build_object('zone', z.code, 'front_m', round(front.length_m, 2), 'minimum_m', z.minimum_front_m) AS detail, g.geom
FROM ground AS g
JOIN cadastre_operation AS o ON o.id = g.opened_by_id AND o.verb = 'split_parcel' AND o.valid_from >= %(day)s::date - 3650
JOIN land_use_zones AS z ON z.geom && g.geom AND ST_Covers(z.geom, ST_PointOnSurface(g.geom)) AND z.since <= o.valid_from
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
WHERE front.length_m > 0 AND front.length_m < z.minimum_front_m - %(front_m)s
  AND EXISTS (SELECT FROM cadastre_lineage AS l WHERE l.child_id = g.parcel_id AND l.operation_id = o.id)
  AND NOT EXISTS (
      SELECT FROM cadastre_operationsource AS os JOIN cadastre_administrativesource AS s ON s.id = os.source_id
      WHERE os.operation_id = o.id AND s.kind = 'COURT_ORDER'
  )
