-- Determined shares of dominio on a predio sum to one; compared to a billionth, the trigger compares exactly.
SELECT r.unit_id AS unit, sum(r.share_numerator::numeric / r.share_denominator) AS shares
FROM cadastre_right AS r
WHERE r.kind = 'OWNERSHIP' AND upper_inf(r.recorded) AND upper_inf(r.valid)
GROUP BY r.unit_id
HAVING bool_and(r.share_numerator IS NOT NULL)
   AND abs(sum(r.share_numerator::numeric / r.share_denominator) - 1) > 0.000000001
