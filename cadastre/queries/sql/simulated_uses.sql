-- The land use of each taxable predio's ground on a civil date, as its version says it.
-- Uses the foreign keys' indexes and parcel_version_one_truth_a_day.
SELECT u.id, v.land_use
FROM cadastre_propertyunit AS u
JOIN cadastre_parcelversion AS v ON v.parcel_id = u.parcel_id AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
WHERE u.municipality_id = %(town)s AND u.is_taxable AND u.state <> 'RETIRED' AND v.land_use <> ''
