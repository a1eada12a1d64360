DROP FUNCTION cadastre_number_units(bigint, uuid[]);
DROP INDEX property_unit_highest_number;
