-- The values that the register holds of these units and years.
SELECT COALESCE(sum(v.total_value), 0)
FROM unnest(%(units)s::uuid[], %(years)s::int[]) AS w (unit, year)
JOIN cadastre_migratedvalue AS v ON v.unit_id = w.unit AND v.year = w.year
