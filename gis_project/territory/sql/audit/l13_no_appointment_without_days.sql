-- L13: every appointment holds on at least one day and begins on a known one.
SELECT id AS membership, valid
FROM territory_membership
WHERE isempty(valid) OR lower_inf(valid)
