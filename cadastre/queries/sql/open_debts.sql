-- Titles owed on the predio %(unit)s by the civil date's year %(year)s: its own, those of the plain predios on the ground
-- that its parcel %(parcel)s came from, and, for a unit of a condominium, those of its matrix. Oldest first.
-- Only titles that count: received by Tesorería where their emission needs it, and not voided.
-- What a title was issued for and the ledger moved since; a former system's, what it left unpaid there.
-- Indexes: cadastre_lineage (child_id), property_unit_of_ground, cadastre_taxtitle (unit_id), cadastre_arrearstitle
-- (unit_id), cadastre_ledgerposting (title_id), (arrears_id).
WITH RECURSIVE came_from (parcel_id) AS (
    SELECT parent_id FROM cadastre_lineage WHERE child_id = %(parcel)s::uuid
    UNION  -- not UNION ALL: a parcel met again is not walked again
    SELECT edge.parent_id
    FROM came_from
    JOIN cadastre_lineage AS edge ON edge.child_id = came_from.parcel_id
),
answers_for (unit_id) AS (
    SELECT %(unit)s::uuid
    UNION
    SELECT id FROM cadastre_propertyunit
    WHERE kind = 'WHOLE' AND parcel_id IN (SELECT parcel_id FROM came_from)
    UNION
    SELECT id FROM cadastre_propertyunit
    WHERE kind = 'WHOLE' AND parcel_id = %(parcel)s::uuid AND %(is_condominium)s
)
SELECT owed.id, owed.number, owed.year, owed.kind, owed.unpaid, owed.issued_at
FROM (
    SELECT title.id, title.number, roll.year, roll.kind, roll.recorded_at AS issued_at,
           title.total + COALESCE(
               (SELECT sum(amount) FROM cadastre_ledgerposting WHERE title_id = title.id), 0
           ) AS unpaid
    FROM answers_for
    JOIN cadastre_taxtitle AS title ON title.unit_id = answers_for.unit_id
    JOIN cadastre_taxroll AS roll ON roll.id = title.roll_id
    WHERE title.state = 'ISSUED' AND roll.year <= %(year)s
      AND (NOT roll.needs_approval OR EXISTS (
          SELECT FROM cadastre_rollstep AS s WHERE s.roll_id = roll.id AND s.step = 'RECEIVED'))
      AND NOT EXISTS (SELECT FROM cadastre_titlevoiding AS v WHERE v.title_id = title.id AND v.is_granted)
    UNION ALL
    SELECT former.id, former.number, former.year, former.kind,
           COALESCE(former.issued_on, make_date(former.year, 1, 1))::timestamptz,
           (SELECT COALESCE(sum(issued - paid), 0) FROM cadastre_arrearsline WHERE title_id = former.id)
           + COALESCE((SELECT sum(amount) FROM cadastre_ledgerposting WHERE arrears_id = former.id), 0)
    FROM answers_for
    JOIN cadastre_arrearstitle AS former ON former.unit_id = answers_for.unit_id
    WHERE former.state <> 'WITHDRAWN' AND former.year <= %(year)s
) AS owed
WHERE owed.unpaid > 0
ORDER BY owed.year, owed.number, owed.id
