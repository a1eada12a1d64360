-- Titles owed on the predio %(unit)s by the civil date's year %(year)s: its own, those of the plain predios on the ground
-- that its parcel %(parcel)s came from, and, for a unit of a condominium, those of its matrix. Oldest first.
-- Indexes: cadastre_lineage (child_id), property_unit_of_ground, cadastre_taxtitle (unit_id).
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
SELECT title.id, title.number, roll.year, roll.kind, title.total, roll.recorded_at
FROM answers_for
JOIN cadastre_taxtitle AS title ON title.unit_id = answers_for.unit_id
JOIN cadastre_taxroll AS roll ON roll.id = title.roll_id
WHERE title.state = 'ISSUED' AND roll.year <= %(year)s AND title.total > 0
ORDER BY roll.year, title.number, title.id
