-- L5: una versión está cerrada exactamente cuando consta el acto que la cerró.
SELECT 'parcelversion' AS record, id FROM cadastre_parcelversion WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'keyalias', id FROM cadastre_keyalias WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'right', id FROM cadastre_right WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'buildingversion', id FROM cadastre_buildingversion WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'complementarywork', id FROM cadastre_complementarywork WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'restriction', id FROM cadastre_restriction WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'responsibility', id FROM cadastre_responsibility WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'partymember', id FROM cadastre_partymember WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'ficha', id FROM cadastre_ficha WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'householdrecord', id FROM cadastre_householdrecord WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'block', id FROM cadastre_block WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'neighbourhood', id FROM cadastre_neighbourhood WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'road', id FROM cadastre_road WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'urbanlimit', id FROM cadastre_urbanlimit WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'landvaluezone', id FROM cadastre_landvaluezone WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'sector', id FROM cadastre_sector WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'homogeneouszone', id FROM cadastre_homogeneouszone WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'landusezone', id FROM cadastre_landusezone WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'riskarea', id FROM cadastre_riskarea WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'ravineedge', id FROM cadastre_ravineedge WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'taxgrant', id FROM cadastre_taxgrant WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'holderfact', id FROM cadastre_holderfact WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
UNION ALL
SELECT 'serviceuse', id FROM cadastre_serviceuse WHERE upper_inf(recorded) <> (closed_by_id IS NULL)
