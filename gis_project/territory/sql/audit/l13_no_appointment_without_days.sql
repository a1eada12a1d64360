-- L13: todo nombramiento rige al menos un día y empieza en un día conocido.
SELECT id AS membership, valid
FROM territory_membership
WHERE isempty(valid) OR lower_inf(valid)
