-- Mortgages that name no creditor.
SELECT u.unit_id, u.parcel_id, r.encumbrance_id AS other_id, '{}'::jsonb AS detail, NULL::geometry AS geom
FROM units AS u
JOIN cadastre_restriction AS r ON r.unit_id = u.unit_id AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
WHERE r.kind = 'MORTGAGE' AND r.beneficiary_id IS NULL
