-- What is in force, with no end and as known now, on a predio and on its ground: the keys of the versions, table by
-- table, in one question, since most tables hold nothing.
-- Indexes: right_unit, restriction_unit, and those of unit_id and parcel_id.
SELECT
    ARRAY(SELECT id FROM cadastre_right
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    ARRAY(SELECT id FROM cadastre_restriction
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    ARRAY(SELECT id FROM cadastre_responsibility
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    ARRAY(SELECT id FROM cadastre_ficha
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    ARRAY(SELECT id FROM cadastre_householdrecord
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    ARRAY(SELECT id FROM cadastre_keyalias
          WHERE unit_id = %(unit)s AND upper_inf(recorded) AND upper_inf(valid) ORDER BY id),
    (SELECT text FROM cadastre_keyalias
     WHERE unit_id = %(unit)s AND is_principal AND upper_inf(recorded) AND upper_inf(valid)),
    EXISTS (SELECT FROM cadastre_buildingversion
            WHERE parcel_id = %(parcel)s AND upper_inf(recorded) AND upper_inf(valid))
    OR EXISTS (SELECT FROM cadastre_complementarywork
               WHERE parcel_id = %(parcel)s AND upper_inf(recorded) AND upper_inf(valid)),
    EXISTS (SELECT FROM cadastre_propertyunit
            WHERE parcel_id = %(parcel)s AND municipality_id = %(town)s AND id <> %(unit)s AND state <> 'RETIRED')
