-- Observed ground with a polygon and without an open observation or a tolerated overlap that explains it.
SELECT NULL::uuid AS unit_id, g.parcel_id, NULL::uuid AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM ground AS g
WHERE g.is_observed
  AND NOT EXISTS (
      SELECT FROM cadastre_observation AS o
      LEFT JOIN cadastre_propertyunit AS u ON u.id = o.unit_id
      WHERE o.resolved_by_id IS NULL AND (o.parcel_id = g.parcel_id OR u.parcel_id = g.parcel_id)
  )
  AND NOT EXISTS (
      SELECT FROM cadastre_toleratedoverlap AS t
      WHERE t.resolved_by_id IS NULL AND g.parcel_id IN (t.parcel_low_id, t.parcel_high_id)
  )
