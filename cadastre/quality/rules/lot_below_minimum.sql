-- Lots that a subdivision made smaller than the plan in force allows; older ones keep their size. A court's partition is
-- told by its document.
SELECT NULL::uuid AS unit_id, g.parcel_id, z.feature_id AS other_id,
       jsonb_build_object('zone', z.code, 'area_m2', round(g.legal_area_m2, 2), 'minimum_m2', z.minimum_lot_m2) AS detail, g.geom
FROM ground AS g
JOIN cadastre_operation AS o ON o.id = g.opened_by_id AND o.verb = 'split_parcel' AND o.valid_from >= %(day)s::date - 3650
JOIN land_use_zones AS z ON z.geom && g.geom AND ST_Covers(z.geom, ST_PointOnSurface(g.geom)) AND z.since <= o.valid_from
WHERE g.legal_area_m2 < z.minimum_lot_m2 - %(area_m2)s
  AND EXISTS (SELECT FROM cadastre_lineage AS l WHERE l.child_id = g.parcel_id AND l.operation_id = o.id)
  AND NOT EXISTS (
      SELECT FROM cadastre_operationsource AS os JOIN cadastre_administrativesource AS s ON s.id = os.source_id
      WHERE os.operation_id = o.id AND s.kind = 'COURT_ORDER'
  )
