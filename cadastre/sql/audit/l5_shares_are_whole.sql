-- L5: las cuotas determinadas de dominio de un predio suman uno (se compara a la milmillonésima; el disparador, exacto).
SELECT r.unit_id AS unit, sum(r.share_numerator::numeric / r.share_denominator) AS shares
FROM cadastre_right AS r
WHERE r.kind = 'OWNERSHIP' AND upper_inf(r.recorded) AND upper_inf(r.valid)
GROUP BY r.unit_id
HAVING bool_and(r.share_numerator IS NOT NULL)
   AND abs(sum(r.share_numerator::numeric / r.share_denominator) - 1) > 0.000000001
