-- Centre lines that cross themselves; told when the whole town is looked at.
SELECT NULL::uuid AS unit_id, NULL::uuid AS parcel_id, r.feature_id AS other_id, '{}'::jsonb AS detail, r.geom
FROM roads AS r WHERE %(parcels)s::uuid[] IS NULL AND NOT ST_IsSimple(r.geom)
