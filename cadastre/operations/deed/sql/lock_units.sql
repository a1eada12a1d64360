-- The predios of an act, locked in the order of their ids. The act's statements are written for one plan each: planning
-- them anew for each value would cost as much as running them. Index: primary key.
SELECT id, state, parcel_id, kind, is_taxable, number, aliquot, revision,
       set_config('plan_cache_mode', 'force_generic_plan', true)
FROM cadastre_propertyunit
WHERE id = ANY(%(units)s::uuid[]) AND municipality_id = %(town)s
ORDER BY id
FOR NO KEY UPDATE
