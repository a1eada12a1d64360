-- One predio's key, number, address and a point in its ground, for a help that shows what this town's own look like.
-- Looks at the first 200 keys only (key_alias_lookup); a predio with everything wins.
WITH some_keys AS (
    SELECT k.unit_id, k.text FROM cadastre_keyalias AS k
    WHERE k.municipality_id = %(town)s AND k.is_principal AND upper_inf(k.recorded) AND k.valid @> %(day)s::date
    ORDER BY k.normalised
    LIMIT 200
), chosen AS (
    SELECT s.text, u.number, v.address, v.geom
    FROM some_keys AS s
    JOIN cadastre_propertyunit AS u ON u.id = s.unit_id AND u.state = 'ACTIVE'
    LEFT JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded)
        AND v.valid @> %(day)s::date
    ORDER BY v.geom IS NULL, coalesce(v.address, '') = '', u.number IS NULL, s.text
    LIMIT 1
)
SELECT c.text, c.number, c.address, ST_X(legal.point), ST_Y(legal.point), ST_X(world.point), ST_Y(world.point)
FROM chosen AS c
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(c.geom) AS point) AS inside
CROSS JOIN LATERAL (SELECT ST_Transform(inside.point, %(legal_srid)s) AS point) AS legal
CROSS JOIN LATERAL (SELECT ST_Transform(inside.point, 4326) AS point) AS world
