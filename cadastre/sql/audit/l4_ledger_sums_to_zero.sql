-- L4: what an operation closes, opens and explains sums to nothing, to half a square millimetre.
SELECT operation_id AS operation, sum(area_m2) AS rest
FROM cadastre_arealedgerline
GROUP BY operation_id
HAVING sum(area_m2) <> 0
