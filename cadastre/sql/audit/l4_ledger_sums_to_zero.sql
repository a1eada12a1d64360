-- L4: lo que un acto cierra, abre y explica en su asiento de áreas suma cero, al medio milímetro cuadrado.
SELECT operation_id AS operation, sum(area_m2) AS rest
FROM cadastre_arealedgerline
GROUP BY operation_id
HAVING sum(area_m2) <> 0
