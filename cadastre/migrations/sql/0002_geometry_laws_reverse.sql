DROP TRIGGER ordinance_is_frozen ON territory_ordinance;
DROP FUNCTION cadastre_ordinance_is_frozen();
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'parcelversion', 'keyalias', 'right', 'buildingversion', 'block', 'neighbourhood', 'road', 'urbanlimit',
        'landvaluezone'
    ]
    LOOP
        EXECUTE format('DROP TRIGGER closes_forward ON cadastre_%s', name);
        EXECUTE format('ALTER TABLE cadastre_%1$s DROP CONSTRAINT %1$s_closed_by_an_operation', name);
    END LOOP;
END
$$;
DROP FUNCTION cadastre_closes_forward();
DROP INDEX parcel_version_address;
DROP FUNCTION cadastre_plain(text);
DROP TRIGGER shares_are_whole ON cadastre_right;
DROP FUNCTION cadastre_shares_are_whole();
DROP TRIGGER tolerate_only_imports ON cadastre_toleratedoverlap;
DROP FUNCTION cadastre_tolerate_only_imports();
DROP FUNCTION cadastre_settle_overlaps(uuid);
DROP TRIGGER no_overlap ON cadastre_parcelversion;
DROP FUNCTION cadastre_no_overlap();
DROP FUNCTION cadastre_lock_operation(uuid, bigint);
DROP FUNCTION cadastre_lock_ground(geometry[], bigint);
DROP FUNCTION cadastre_overlap(geometry, geometry);
ALTER TABLE cadastre_landvaluezone DROP CONSTRAINT land_value_zone_geometry_lawful;
ALTER TABLE cadastre_block DROP CONSTRAINT block_geometry_lawful;
ALTER TABLE cadastre_buildingversion DROP CONSTRAINT building_version_geometry_lawful;
ALTER TABLE cadastre_parcelversion DROP CONSTRAINT parcel_version_geometry_lawful;
DROP FUNCTION cadastre_geometry_is_lawful(geometry);
