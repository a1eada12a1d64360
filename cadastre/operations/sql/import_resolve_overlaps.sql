-- A parcel whose geometry is replaced takes part in no tolerated overlap until the new one is checked.
UPDATE cadastre_toleratedoverlap
SET resolved_by_id = %(operation)s
WHERE resolved_by_id IS NULL AND (parcel_low_id = ANY(%(parcels)s) OR parcel_high_id = ANY(%(parcels)s))
RETURNING parcel_low_id, parcel_high_id
