-- A municipality of so many lots of 400 m² in blocks of fifty, one holder each (every tenth holds two), a house on six of
-- ten. Its two ordinances come from simulation.py.
ALTER TABLE cadastre_parcelversion DISABLE TRIGGER USER;
ALTER TABLE cadastre_right DISABLE TRIGGER USER;
INSERT INTO territory_municipality
    (slug, dpa_code, name, official_name, cadastre_office, legal_srid, time_zone, shows_value, shows_debt, is_sample, geom)
VALUES ('bench', '1703', 'Bench', 'GAD de Bench', 'Avalúos', 32717, 'America/Guayaquil', true, true, false,
        ST_Multi(ST_MakeEnvelope(600000, 9900000, 700000, 9990000, 32717)));
INSERT INTO territory_parish (municipality_id, dpa_code, name, kind, aliases, origin, updated_at)
SELECT id, code, code, 'URBAN', '{}', '', now() FROM territory_municipality, unnest(ARRAY['170350', '170351', '170352']) AS code;
INSERT INTO cadastre_operation (id, municipality_id, verb, cause, valid_from, recorded_at, reason)
SELECT gen_random_uuid(), id, 'import_parcels', '', '2020-01-01', now(), 'bench' FROM territory_municipality;
CREATE TEMP TABLE act AS
SELECT o.id, o.municipality_id, daterange('2020-01-01', NULL) AS valid, tstzrange(o.recorded_at, NULL) AS recorded
FROM cadastre_operation AS o;
CREATE TEMP TABLE lot AS
SELECT gen_random_uuid() AS id, gen_random_uuid() AS unit_id, n, '17035001' || lpad(n::text, 8, '0') || '00000000' AS key,
       ST_Multi(ST_MakeEnvelope(x, y, x + 20, y + 20, 32717)) AS geom,
       (SELECT id FROM territory_parish ORDER BY id OFFSET mod(n / 50, 3) LIMIT 1) AS parish_id
FROM generate_series(0, current_setting('bench.lots')::int - 1) AS n
CROSS JOIN LATERAL (SELECT 610000 + mod(n, 1000) * 20 AS x, 9910000 + n / 1000 * 20 AS y) AS place;
INSERT INTO cadastre_parcel (id, municipality_id, external_id) SELECT lot.id, municipality_id, '' FROM lot, act;
INSERT INTO cadastre_parcelversion
    (municipality_id, parcel_id, parish_id, valid, recorded, opened_by_id, kind, block_code, address, land_use, geom, geom_hash,
     legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, is_observed)
SELECT a.municipality_id, l.id, l.parish_id, a.valid, a.recorded, a.id, 'URBAN', 'B' || n / 50, '',
       (ARRAY['RESIDENTIAL', 'COMMERCIAL', 'VACANT'])[1 + mod(n, 3)], l.geom, md5(n::text), 400, 400, 400, '{}', false
FROM lot AS l CROSS JOIN act AS a;
INSERT INTO cadastre_propertyunit (id, municipality_id, parcel_id, kind, state, number, is_taxable, opened_by_id, created_at)
SELECT l.unit_id, a.municipality_id, l.id, 'WHOLE', 'ACTIVE', n::text, true, a.id, now() FROM lot AS l CROSS JOIN act AS a;
INSERT INTO cadastre_keyalias (municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id)
SELECT a.municipality_id, l.unit_id, l.key, l.key, 'NATIONAL', true, a.valid, a.recorded, a.id FROM lot AS l CROSS JOIN act AS a;
INSERT INTO cadastre_party (id, municipality_id, kind) SELECT l.id, a.municipality_id, 'NATURAL' FROM lot AS l CROSS JOIN act AS a;
INSERT INTO cadastre_right (municipality_id, unit_id, party_id, kind, share_numerator, share_denominator, valid, recorded, opened_by_id)
SELECT a.municipality_id, l.unit_id, owner.id, 'OWNERSHIP', 1, 1, a.valid, a.recorded, a.id
FROM lot AS l JOIN lot AS owner ON owner.n = CASE mod(l.n, 10) WHEN 9 THEN l.n - 1 ELSE l.n END CROSS JOIN act AS a;
INSERT INTO cadastre_buildingversion
    (municipality_id, building_id, parcel_id, geom, floors, floor_area_m2, structure, conservation, built_in, use, valid, recorded, opened_by_id)
SELECT a.municipality_id, gen_random_uuid(), l.id, NULL, 1, 64 + mod(n, 100), 'CONCRETE', 'GOOD', 1980 + mod(n, 40), 'DWELLING',
       a.valid, a.recorded, a.id
FROM lot AS l CROSS JOIN act AS a WHERE mod(n, 10) < 6;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE cadastre_parcelversion ENABLE TRIGGER USER;
ALTER TABLE cadastre_right ENABLE TRIGGER USER;
ANALYZE;
