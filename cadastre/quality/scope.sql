-- What every rule reads, in force on the day and as known now: the predios and the ground asked for (all, when `units`
-- and `parcels` are NULL), and the whole town's ground and maps to hold them against. None is materialised, so each
-- rule's plan uses the partial indexes of the tables. Maps that nothing else checks come only where they are valid:
-- the rule support_map_invalid tells of the others.
WITH units AS NOT MATERIALIZED (
    SELECT u.id AS unit_id, u.parcel_id, u.kind, u.state, u.number, u.aliquot, u.is_taxable
    FROM cadastre_propertyunit AS u
    WHERE u.municipality_id = %(town)s AND u.state <> 'RETIRED'
      AND (%(units)s::uuid[] IS NULL OR u.id = ANY(%(units)s::uuid[]))
), principal_keys AS NOT MATERIALIZED (
    SELECT k.unit_id, k.text, k.normalised, k.scheme
    FROM cadastre_keyalias AS k
    WHERE k.municipality_id = %(town)s AND k.is_principal AND upper_inf(k.recorded) AND k.valid @> %(day)s::date
), rights AS NOT MATERIALIZED (
    SELECT r.unit_id, r.party_id, r.kind, r.share_numerator, r.share_denominator
    FROM cadastre_right AS r
    WHERE r.municipality_id = %(town)s AND upper_inf(r.recorded) AND r.valid @> %(day)s::date
), town_ground AS NOT MATERIALIZED (
    SELECT v.parcel_id, v.kind, v.block_code, v.parish_id, v.geom, v.geom_hash, v.legal_area_m2, v.opened_by_id
    FROM cadastre_parcelversion AS v
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date AND v.geom IS NOT NULL
), records AS NOT MATERIALIZED (
    SELECT v.parcel_id, v.kind, v.block_code, v.parish_id, v.geom, v.geom_hash, v.legal_area_m2,
           v.ellipsoidal_area_m2, v.titled_area_m2, v.is_observed, v.address, v.land_use, v.opened_by_id
    FROM cadastre_parcelversion AS v
    WHERE v.municipality_id = %(town)s AND upper_inf(v.recorded) AND v.valid @> %(day)s::date
      AND (%(parcels)s::uuid[] IS NULL OR v.parcel_id = ANY(%(parcels)s::uuid[]))
), ground AS NOT MATERIALIZED (
    SELECT * FROM records WHERE geom IS NOT NULL
), town_buildings AS NOT MATERIALIZED (
    SELECT b.id AS version_id, b.building_id, b.parcel_id, b.unit_id, b.geom, b.floors, b.floor_area_m2, b.structure,
           b.built_in, b.restored_in, b.use
    FROM cadastre_buildingversion AS b
    WHERE b.municipality_id = %(town)s AND upper_inf(b.recorded) AND b.valid @> %(day)s::date
), buildings AS NOT MATERIALIZED (
    SELECT * FROM town_buildings
    WHERE %(parcels)s::uuid[] IS NULL OR parcel_id = ANY(%(parcels)s::uuid[])
), blocks AS NOT MATERIALIZED (
    SELECT feature_id, code, geom FROM cadastre_block
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
), roads AS NOT MATERIALIZED (
    SELECT feature_id, name, width_m, geom FROM cadastre_road
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date AND ST_IsValid(geom)
), ravine_edges AS NOT MATERIALIZED (
    SELECT feature_id, name, geom FROM cadastre_ravineedge
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
), urban_limits AS NOT MATERIALIZED (
    SELECT feature_id, geom FROM cadastre_urbanlimit
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date AND ST_IsValid(geom)
), land_use_zones AS NOT MATERIALIZED (
    SELECT feature_id, code, minimum_lot_m2, minimum_front_m, ground_cover_pct, geom, lower(valid) AS since FROM cadastre_landusezone
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
), risk_areas AS NOT MATERIALIZED (
    SELECT feature_id, hazard, level, geom FROM cadastre_riskarea
    WHERE municipality_id = %(town)s AND upper_inf(recorded) AND valid @> %(day)s::date
), tax_ordinance AS NOT MATERIALIZED (
    SELECT id FROM territory_ordinance
    WHERE municipality_id = %(town)s AND subject = 'PROPERTY_TAX' AND state = 'APPROVED' AND valid @> %(day)s::date
), last_rolls AS NOT MATERIALIZED (
    SELECT r.id, r.kind, r.year FROM cadastre_taxroll AS r
    WHERE r.municipality_id = %(town)s AND r.year = EXTRACT(year FROM %(day)s::date)
)
