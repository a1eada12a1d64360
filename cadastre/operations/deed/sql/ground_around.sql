-- A condition on cadastre_parcelversion: the versions in force of the parcels, and of all that touch them or the new
-- shapes (`reach`). Indexes: primary key, parcel_version_now, parcel_version_geom (held fast by OFFSET 0).
id = ANY (ARRAY(
    WITH own AS MATERIALIZED (
        SELECT id, geom FROM cadastre_parcelversion
        WHERE parcel_id = ANY(%(parcels)s) AND municipality_id = %(town)s
          AND upper_inf(recorded) AND upper_inf(valid) AND geom IS NOT NULL
    )
    SELECT id FROM own
    UNION
    SELECT near.id
    FROM (
        SELECT geom FROM own UNION ALL SELECT shape::geometry FROM unnest(%(reach)s::bytea[]) AS shape
    ) AS ground
    CROSS JOIN LATERAL (
        SELECT id, geom, municipality_id, valid FROM cadastre_parcelversion
        WHERE geom && ST_Expand(ground.geom, %(within_m)s) AND upper_inf(recorded) OFFSET 0
    ) AS near
    WHERE near.municipality_id = %(town)s AND upper_inf(near.valid)
      AND ST_DWithin(near.geom, ground.geom, %(within_m)s)
))
