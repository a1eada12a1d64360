-- What an earlier import observed of the holders of these units is judged anew.
UPDATE cadastre_observation
SET resolved_by_id = %(operation)s
WHERE resolved_by_id IS NULL AND parcel_id IS NULL AND unit_id = ANY(%(units)s) AND code = ANY(%(codes)s)
