-- The edges that begin or end at the parcels %(parcels)s, of acts valid by the civil date %(day)s and recorded by the
-- instant %(known)s (none: by now), in the order of the acts. Indexes: both foreign keys of cadastre_lineage.
SELECT e.parent_id, e.child_id, e.operation_id
FROM cadastre_lineage AS e
JOIN cadastre_operation AS o ON o.id = e.operation_id
WHERE (e.parent_id = ANY(%(parcels)s) OR e.child_id = ANY(%(parcels)s))
    AND o.municipality_id = %(town)s
    AND o.valid_from <= %(day)s::date
    AND (%(known)s::timestamptz IS NULL OR o.recorded_at <= %(known)s::timestamptz)
ORDER BY o.valid_from, o.recorded_at, e.parent_id, e.child_id
