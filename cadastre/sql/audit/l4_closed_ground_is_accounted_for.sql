-- L4: un terreno que ya no existe pasó a otros, o salió del catastro por un acto que dice por qué.
SELECT p.id AS parcel, max(upper(v.valid)) AS ended_on
FROM cadastre_parcel AS p
JOIN cadastre_parcelversion AS v ON v.parcel_id = p.id AND upper_inf(v.recorded)
WHERE NOT EXISTS (SELECT FROM cadastre_lineage AS l WHERE l.parent_id = p.id)
GROUP BY p.id
HAVING NOT bool_or(upper_inf(v.valid))
   AND NOT EXISTS (
       SELECT FROM cadastre_operation AS o
       JOIN cadastre_parcelversion AS c ON c.closed_by_id = o.id AND c.parcel_id = p.id
       WHERE o.verb = 'retire_parcel' AND o.reason <> ''
         AND (
             c.geom IS NULL
             OR EXISTS (
                 SELECT FROM cadastre_arealedgerline AS left_line
                 JOIN cadastre_arealedgerline AS closed
                   ON closed.operation_id = o.id AND closed.parcel_id = p.id AND closed.kind = 'CLOSED'
                 WHERE left_line.operation_id = o.id AND left_line.kind = 'LEFT'
                   AND left_line.area_m2 = -closed.area_m2
             )
         )
   )
