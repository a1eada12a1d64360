-- Two parcels with the very same ground. Index parcel_version_geom_hash.
SELECT NULL::uuid AS unit_id, g.parcel_id, twin.parcel_id AS other_id, '{}'::jsonb AS detail, g.geom
FROM ground AS g JOIN town_ground AS twin ON twin.geom_hash = g.geom_hash
WHERE twin.parcel_id <> g.parcel_id AND g.geom_hash <> ''
  AND (%(parcels)s::uuid[] IS NOT NULL OR g.parcel_id < twin.parcel_id)
