-- L4: los predios que salen de un acto cubren el suelo de los que entraron, y el asiento de áreas dice lo mismo.
-- Parents may have gained vertices up to a millimetre beside their edges: no more than that along the whole boundary.
WITH kin AS (
    SELECT operation_id, array_agg(DISTINCT parent_id) AS parents, array_agg(DISTINCT child_id) AS children
    FROM cadastre_lineage
    GROUP BY operation_id
), ground AS (
    SELECT k.operation_id, before.geom AS before, after.geom AS after, before.area AS area_before,
           after.area AS area_after, l.closed, l.opened
    FROM kin AS k
    CROSS JOIN LATERAL (
        SELECT ST_Union(v.geom) AS geom, sum(ST_Area(v.geom)) AS area FROM cadastre_parcelversion AS v
        WHERE v.closed_by_id = k.operation_id AND v.parcel_id = ANY(k.parents)
    ) AS before
    CROSS JOIN LATERAL (
        SELECT ST_Union(v.geom) AS geom, sum(ST_Area(v.geom)) AS area FROM cadastre_parcelversion AS v
        WHERE v.opened_by_id = k.operation_id AND v.parcel_id = ANY(k.children)
    ) AS after
    JOIN LATERAL (
        SELECT -sum(area_m2) FILTER (WHERE kind = 'CLOSED') AS closed, sum(area_m2) FILTER (WHERE kind = 'OPENED') AS opened
        FROM cadastre_arealedgerline WHERE operation_id = k.operation_id
        HAVING count(*) > 0
    ) AS l ON true
)
SELECT operation_id AS operation, area_before, area_after, closed, opened,
       ST_Area(ST_SymDifference(before, after)) AS differs_m2
FROM ground
WHERE before IS NULL OR after IS NULL OR closed IS NULL OR opened IS NULL
   OR ST_Area(ST_SymDifference(before, after)) > 0.001 * ST_Perimeter(before) + 0.000001
   OR abs(area_before - closed::float8) > 0.0001 + area_before / 1000000000
   OR abs(area_after - opened::float8) > 0.0001 + area_after / 1000000000
