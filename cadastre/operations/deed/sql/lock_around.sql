-- Wait for the ground of the parcels, of the new shapes (`reach`) and of all that touch either; and tell the no-overlap
-- law that this act holds it. Indexes: parcel_version_now, parcel_version_geom (held fast by OFFSET 0).
WITH ground AS MATERIALIZED (
    SELECT geom FROM cadastre_parcelversion
    WHERE parcel_id = ANY(%(parcels)s) AND municipality_id = %(town)s
      AND upper_inf(recorded) AND upper_inf(valid) AND geom IS NOT NULL
    UNION ALL
    SELECT shape::geometry FROM unnest(%(reach)s::bytea[]) AS shape
)
SELECT set_config('lindero.ground_locked', %(operation)s::text, true),
       cadastre_lock_ground(ARRAY(
           SELECT geom FROM ground
           UNION ALL
           SELECT near.geom
           FROM ground
           CROSS JOIN LATERAL (
               SELECT geom, municipality_id, valid FROM cadastre_parcelversion
               WHERE geom && ST_Expand(ground.geom, %(within_m)s) AND upper_inf(recorded) OFFSET 0
           ) AS near
           WHERE near.municipality_id = %(town)s AND upper_inf(near.valid)
             AND ST_DWithin(near.geom, ground.geom, %(within_m)s)
       ), %(town)s)
