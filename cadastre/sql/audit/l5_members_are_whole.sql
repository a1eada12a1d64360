-- L5: las cuotas determinadas dentro de un grupo suman uno (se compara a la milmillonésima; el disparador, exacto).
SELECT m.group_id AS party, sum(m.share_numerator::numeric / m.share_denominator) AS shares
FROM cadastre_partymember AS m
WHERE upper_inf(m.recorded) AND upper_inf(m.valid)
GROUP BY m.group_id
HAVING (bool_and(m.share_numerator IS NOT NULL)
        AND abs(sum(m.share_numerator::numeric / m.share_denominator) - 1) > 0.000000001)
    OR sum(m.share_numerator::numeric / m.share_denominator) > 1.000000001
