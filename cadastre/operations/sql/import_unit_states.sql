-- A predio is observed as long as something about it or its ground is unresolved.
UPDATE cadastre_propertyunit AS u
SET state = CASE WHEN o.is_observed THEN 'OBSERVED' ELSE 'ACTIVE' END
FROM (
    SELECT w.id, EXISTS (
        SELECT FROM cadastre_observation AS b
        WHERE b.resolved_by_id IS NULL AND (b.unit_id = w.id OR (b.unit_id IS NULL AND b.parcel_id = w.parcel_id))
    ) AS is_observed
    FROM cadastre_propertyunit AS w
    WHERE w.parcel_id = ANY(%(parcels)s)
) AS o
WHERE u.id = o.id AND u.state <> 'RETIRED' AND (u.state = 'OBSERVED') <> o.is_observed
