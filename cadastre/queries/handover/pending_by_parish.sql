-- Predios, those that stand observed, and overlaps tolerated that still are, by the parish of the ground known on the day.
WITH ground AS (
    SELECT v.parcel_id, v.is_observed, COALESCE(p.name, 'sin parroquia') AS parish
    FROM cadastre_parcelversion AS v
    LEFT JOIN territory_parish AS p ON p.id = v.parish_id
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
),
pairs AS (
    SELECT g.parish, count(*) AS pairs, sum(o.area_m2) AS area_m2
    FROM cadastre_toleratedoverlap AS t
    JOIN ground AS g ON g.parcel_id = t.parcel_low_id
    JOIN cadastre_parcelversion AS a
      ON a.parcel_id = t.parcel_low_id AND upper_inf(a.recorded) AND a.valid @> %(day)s::date AND a.geom IS NOT NULL
    JOIN cadastre_parcelversion AS b
      ON b.parcel_id = t.parcel_high_id AND upper_inf(b.recorded) AND b.valid @> %(day)s::date AND b.geom IS NOT NULL
    CROSS JOIN LATERAL cadastre_overlap(a.geom, b.geom) AS o
    WHERE t.municipality_id = %(town)s AND t.resolved_by_id IS NULL AND o.area_m2 > 0
    GROUP BY g.parish
)
SELECT
    g.parish,
    count(DISTINCT g.parcel_id),
    count(DISTINCT g.parcel_id) FILTER (WHERE g.is_observed),
    COALESCE(max(pairs.pairs), 0),
    COALESCE(max(pairs.area_m2), 0)
FROM ground AS g
LEFT JOIN pairs ON pairs.parish = g.parish
GROUP BY g.parish
ORDER BY g.parish
