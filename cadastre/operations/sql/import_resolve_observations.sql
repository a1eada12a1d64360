-- What earlier imports observed of these parcels is judged anew (the overlaps of those that moved, too); a unit
-- that gets its ground is no longer one without map.
UPDATE cadastre_observation
SET resolved_by_id = %(operation)s
WHERE resolved_by_id IS NULL
  AND (
      (parcel_id = ANY(%(judged)s) AND code = ANY(%(codes)s))
      OR (code = 'overlap' AND parcel_id = ANY(%(moved)s))
      OR (code = 'overlap' AND detail ->> 'other' = ANY(%(moved_text)s))
      OR (code = 'without_map' AND unit_id = ANY(%(units)s))
      OR (code = 'no_kind' AND unit_id = ANY(%(placed)s))
  )
RETURNING parcel_id
