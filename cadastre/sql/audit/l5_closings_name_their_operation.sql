-- L5: una versión está cerrada exactamente cuando una operación dice que la cerró.
SELECT 'parcelversion' AS record, id FROM cadastre_parcelversion WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'keyalias', id FROM cadastre_keyalias WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'right', id FROM cadastre_right WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'buildingversion', id FROM cadastre_buildingversion WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
