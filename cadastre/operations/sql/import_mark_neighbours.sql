-- Versions of neighbours whose standing changed by this import are closed; import_reopen_marked.sql opens them anew.
UPDATE cadastre_parcelversion AS v
SET recorded = tstzrange(lower(v.recorded), %(now)s), closed_by_id = %(operation)s
WHERE v.parcel_id = ANY(%(parcels)s) AND upper_inf(v.recorded) AND upper_inf(v.valid)
  AND v.opened_by_id <> %(operation)s AND v.geom IS NOT NULL
  AND v.is_observed <> EXISTS (
      SELECT FROM cadastre_observation AS b WHERE b.parcel_id = v.parcel_id AND b.resolved_by_id IS NULL
  )
RETURNING v.id
