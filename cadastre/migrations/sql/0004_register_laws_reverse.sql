DROP TRIGGER revision_grows ON cadastre_propertyunit;
DROP FUNCTION cadastre_revision_grows();
DROP TRIGGER ledger_sums_to_zero ON cadastre_arealedgerline;
DROP FUNCTION cadastre_ledger_sums_to_zero();
DROP TRIGGER members_are_whole ON cadastre_partymember;
DROP FUNCTION cadastre_members_are_whole();
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'sector', 'homogeneouszone', 'landusezone', 'riskarea', 'ravineedge', 'partymember', 'restriction',
        'responsibility', 'ficha', 'householdrecord', 'complementarywork'
    ]
    LOOP
        EXECUTE format('ALTER TABLE cadastre_%1$s DROP CONSTRAINT %1$s_closed_by_an_operation', name);
        EXECUTE format('DROP TRIGGER closes_forward ON cadastre_%s', name);
    END LOOP;
END
$$;
ALTER TABLE cadastre_ravineedge DROP CONSTRAINT ravine_edge_geometry_lawful;
ALTER TABLE cadastre_riskarea DROP CONSTRAINT risk_area_geometry_lawful;
ALTER TABLE cadastre_landusezone DROP CONSTRAINT land_use_zone_geometry_lawful;
ALTER TABLE cadastre_homogeneouszone DROP CONSTRAINT homogeneous_zone_geometry_lawful;
ALTER TABLE cadastre_sector DROP CONSTRAINT sector_geometry_lawful;
