-- From the temporary tables lot, square and street to a municipality of predios with everything that rules read. Its
-- defects, for so many lots each: drawn half a metre beside its place 1,000; a vertex that no neighbour has 50; a ficha
-- with nothing but the tenure 20; held by nobody 200; a document that raised a warning 100; no title 500.
ALTER TABLE cadastre_parcelversion DISABLE TRIGGER USER;
ALTER TABLE cadastre_right DISABLE TRIGGER USER;
INSERT INTO territory_municipality
    (slug, dpa_code, name, official_name, cadastre_office, legal_srid, time_zone, shows_value, shows_debt, is_sample, geom)
SELECT 'bench', '1703', 'Bench', 'GAD de Bench', 'Avalúos', 32717, 'America/Guayaquil', true, true, false,
       ST_Multi(ST_Expand(ST_SetSRID(ST_Extent(geom)::geometry, 32717), 5000)) FROM lot;
INSERT INTO territory_parish (municipality_id, dpa_code, name, kind, aliases, origin, updated_at)
SELECT id, '170350', 'Machachi', 'URBAN', '{}', '', now() FROM territory_municipality;
INSERT INTO cadastre_operation (id, municipality_id, verb, cause, valid_from, recorded_at, reason)
SELECT gen_random_uuid(), id, 'import_parcels', '', '2020-01-01', now(), 'bench' FROM territory_municipality;
CREATE TEMP TABLE act AS
SELECT o.id, o.municipality_id, p.id AS parish_id, daterange('2020-01-01', NULL) AS valid, tstzrange(o.recorded_at, NULL) AS recorded
FROM cadastre_operation AS o JOIN territory_parish AS p USING (municipality_id);

INSERT INTO cadastre_parcel (id, municipality_id, external_id) SELECT lot.id, municipality_id, '' FROM lot, act;
INSERT INTO cadastre_parcelversion
    (municipality_id, parcel_id, parish_id, valid, recorded, opened_by_id, kind, block_code, address, land_use, geom, geom_hash,
     legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, is_observed)
SELECT a.municipality_id, l.id, a.parish_id, a.valid, a.recorded, a.id, l.kind, l.block, 'Calle ' || n, l.land_use,
       g.geom, md5(ST_AsBinary(g.geom)), ST_Area(g.geom)::numeric(16, 4), ST_Area(g.geom)::numeric(16, 4),
       ST_Area(g.geom)::numeric(16, 4), '{}', false
FROM lot AS l CROSS JOIN act AS a
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN mod(n, 1000) = 7 THEN ST_Translate(l.geom, 0.5, 0)
        WHEN mod(n, 50) = 3 THEN ST_SnapToGrid(ST_Segmentize(l.geom, 8), 0.001)
        ELSE l.geom
    END AS geom
) AS g;
INSERT INTO cadastre_propertyunit (id, municipality_id, parcel_id, kind, state, number, is_taxable, opened_by_id, created_at)
SELECT gen_random_uuid(), a.municipality_id, l.id, 'WHOLE', 'ACTIVE', n::text, true, a.id, now() FROM lot AS l CROSS JOIN act AS a;
INSERT INTO cadastre_keyalias (municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id)
SELECT a.municipality_id, u.id, l.key, l.key, 'NATIONAL', true, a.valid, a.recorded, a.id
FROM cadastre_propertyunit AS u JOIN lot AS l ON l.id = u.parcel_id CROSS JOIN act AS a;
INSERT INTO cadastre_party (id, municipality_id, kind) SELECT u.id, u.municipality_id, 'NATURAL' FROM cadastre_propertyunit AS u;
INSERT INTO cadastre_partyidentity
    (party_id, municipality_id, full_name, search_name, id_kind, id_number, identity_warnings, phone, email, postal_address)
SELECT u.id, u.municipality_id, 'TITULAR', 'TITULAR', 'CEDULA', u.number,
       CASE mod(u.number::int, 100) WHEN 5 THEN '["cedula_check_digit"]' ELSE '[]' END::jsonb, '', '', '' FROM cadastre_propertyunit AS u;
INSERT INTO cadastre_right (municipality_id, unit_id, party_id, kind, share_numerator, share_denominator, valid, recorded, opened_by_id)
SELECT a.municipality_id, u.id, u.id, 'OWNERSHIP', 1, 1, a.valid, a.recorded, a.id FROM cadastre_propertyunit AS u CROSS JOIN act AS a
WHERE mod(u.number::int, 200) <> 9;
INSERT INTO cadastre_ficha (municipality_id, unit_id, answers, valid, recorded, opened_by_id)
SELECT a.municipality_id, u.id, CASE mod(u.number::int, 20) WHEN 11 THEN '{"tenure_form": "x"}'::jsonb ELSE whole.answers END,
       a.valid, a.recorded, a.id
FROM cadastre_propertyunit AS u CROSS JOIN act AS a
CROSS JOIN (SELECT jsonb_object_agg(code, 'x') AS answers FROM required) AS whole;
INSERT INTO cadastre_buildingversion
    (municipality_id, building_id, parcel_id, geom, floors, floor_area_m2, structure, conservation, built_in, use, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), l.id, ST_Multi(ST_Expand(ST_PointOnSurface(l.geom), 4)), 1, 64, 'CONCRETE', 'GOOD', 2000,
       'DWELLING', a.valid, a.recorded, a.id
FROM lot AS l CROSS JOIN act AS a WHERE mod(n, 10) < 6;
INSERT INTO cadastre_block (municipality_id, feature_id, code, name, origin, zone, sector, geom, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), s.code, '', '', '', '', s.geom, a.valid, a.recorded, a.id FROM square AS s CROSS JOIN act AS a;
INSERT INTO cadastre_road (municipality_id, feature_id, code, name, origin, width_m, surface, geom, valid, recorded, opened_by_id)
SELECT a.municipality_id, s.id, '', s.name, '', s.width, '', s.geom, a.valid, a.recorded, a.id FROM street AS s CROSS JOIN act AS a;
INSERT INTO cadastre_urbanlimit (municipality_id, feature_id, code, name, origin, geom, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), '', '', '', m.geom, a.valid, a.recorded, a.id
FROM territory_municipality AS m CROSS JOIN act AS a;
INSERT INTO cadastre_landusezone
    (municipality_id, feature_id, code, name, origin, use, classification, minimum_lot_m2, ground_cover_pct, setbacks, geom, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), 'PIT', '', '', 'RESIDENTIAL', '', 200, 60, '', m.geom, a.valid, a.recorded, a.id
FROM territory_municipality AS m CROSS JOIN act AS a;
INSERT INTO territory_ordinance (id, municipality_id, subject, number, title, gazette, valid, state, parameters, is_sample)
SELECT gen_random_uuid(), a.municipality_id, 'PROPERTY_TAX', '1', '1', '', a.valid, 'APPROVED', '{}', false FROM act AS a;
INSERT INTO cadastre_buildingcost (ordinance_id, structure, cost_per_m2, useful_life_years, residual_pct)
SELECT id, 'CONCRETE', 300, 50, 0 FROM territory_ordinance;
INSERT INTO cadastre_landvaluezone
    (municipality_id, feature_id, code, name, origin, ordinance_id, kind, value, geom, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), 'Z', '', '', o.id, 'URBAN', 10, m.geom, a.valid, a.recorded, a.id
FROM territory_municipality AS m CROSS JOIN act AS a CROSS JOIN territory_ordinance AS o;
INSERT INTO cadastre_taxroll
    (id, year, kind, supplement, register_hash, ordinance_hash, law_hash, titles_count, exceptions_count, total, control_totals,
     recorded_at, municipality_id, operation_id, ordinance_id)
SELECT gen_random_uuid(), EXTRACT(year FROM now()), 'URBAN', 0, '', '', '', 1, 0, 0, '{}', now(), a.municipality_id, a.id, o.id
FROM act AS a CROSS JOIN territory_ordinance AS o;
INSERT INTO cadastre_taxtitle
    (id, number, key_text, property_number, parish_code, zone_code, base, property_tax, fire_levy, others, total, state, explanation,
     portfolio, municipality_id, roll_id, taxpayer_id, unit_id)
SELECT gen_random_uuid(), 'U-' || u.number, k.text, u.number, '170350', 'Z', 1000, 1, 0, 0, 1, 'ISSUED', '{}', '{}', u.municipality_id,
       r.id, u.id, u.id
FROM cadastre_propertyunit AS u JOIN cadastre_keyalias AS k ON k.unit_id = u.id CROSS JOIN cadastre_taxroll AS r
WHERE mod(u.number::int, 200) <> 9 AND mod(u.number::int, 500) <> 11;
