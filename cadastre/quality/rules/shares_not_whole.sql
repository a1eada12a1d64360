-- Determined shares of dominio that do not add up to one, each fraction taken to sixty decimals.
SELECT u.unit_id, u.parcel_id, NULL::uuid AS other_id, jsonb_build_object('sum', round(s.held, 6)) AS detail, NULL::geometry AS geom
FROM units AS u
JOIN (
    SELECT unit_id, bool_or(share_numerator IS NULL) AS is_open,
           sum(share_numerator::numeric(80, 60) / share_denominator::numeric(80, 60)) AS held
    FROM rights WHERE kind = 'OWNERSHIP' AND (%(units)s::uuid[] IS NULL OR unit_id = ANY(%(units)s::uuid[]))
    GROUP BY unit_id
) AS s ON s.unit_id = u.unit_id
WHERE s.held - 1 > %(difference)s OR (NOT s.is_open AND abs(s.held - 1) > %(difference)s)
