-- Fills an empty migrated database with %(count)s synthetic parcels of twelve corners near Machachi, with keys, as one
-- operation. For a scratch database and its owner: the check for overlaps is switched off, for these lie side by side.
ALTER TABLE cadastre_parcelversion DISABLE TRIGGER no_overlap;
SELECT setseed(0.1703);
INSERT INTO territory_municipality (slug, dpa_code, name, official_name, cadastre_office, legal_srid, time_zone,
    shows_value, shows_debt, is_sample)
VALUES ('mejia', '1703', 'Mejía', 'GAD Municipal de Mejía', 'Avalúos', 32717, 'America/Guayaquil', true, true, true);
INSERT INTO territory_parish (dpa_code, name, kind, municipality_id, updated_at, aliases, origin)
SELECT '170350', 'Machachi', 'URBAN', id, now(), '{}', '' FROM territory_municipality;
CREATE TEMP TABLE deed AS SELECT gen_random_uuid() AS operation;
INSERT INTO cadastre_operation (id, verb, valid_from, recorded_at, reason, municipality_id, cause)
SELECT operation, 'bench', '2020-01-01', '2026-01-01', '', m.id, '' FROM deed, territory_municipality AS m;
CREATE TEMP TABLE lot AS
SELECT n, gen_random_uuid() AS parcel, gen_random_uuid() AS unit,
       720000 + (n %% 1000) * 25 AS x, 9930000 + (n / 1000) * 25 AS y
FROM generate_series(0, %(count)s - 1) AS n;
INSERT INTO cadastre_parcel (id, external_id, municipality_id)
SELECT parcel, n::text, m.id FROM lot, territory_municipality AS m;
INSERT INTO cadastre_parcelversion (valid, recorded, kind, block_code, address, land_use, geom, geom_hash,
    legal_area_m2, ellipsoidal_area_m2, attributes, is_observed, municipality_id, opened_by_id, parcel_id, parish_id)
SELECT daterange('2020-01-01', NULL), tstzrange('2026-01-01', NULL), 'URBAN', 'M' || n / 40, 'Calle ' || n / 40,
       'RESIDENTIAL',
       ST_Multi(ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[
           ST_MakePoint(x, y), ST_MakePoint(x + 8, y + 0.125), ST_MakePoint(x + 16, y), ST_MakePoint(x + 24, y),
           ST_MakePoint(x + 24.125, y + 8), ST_MakePoint(x + 24, y + 16), ST_MakePoint(x + 24, y + 24),
           ST_MakePoint(x + 16, y + 24.25), ST_MakePoint(x + 8, y + 24), ST_MakePoint(x, y + 24),
           ST_MakePoint(x - 0.125, y + 16), ST_MakePoint(x, y + 8), ST_MakePoint(x, y)])), 32717)),
       md5(n::text), 577.25, 576.5, '{}', false, m.id, operation, parcel, p.id
FROM lot, deed, territory_municipality AS m, territory_parish AS p;
INSERT INTO cadastre_propertyunit (id, kind, state, number, is_taxable, created_at, municipality_id, opened_by_id,
    parcel_id)
SELECT unit, 'WHOLE', 'ACTIVE', n::text, true, now(), m.id, operation, parcel
FROM lot, deed, territory_municipality AS m;
INSERT INTO cadastre_keyalias (valid, recorded, text, normalised, scheme, is_principal, municipality_id, opened_by_id,
    unit_id)
SELECT daterange('2020-01-01', NULL), tstzrange('2026-01-01', NULL), '1703500101' || lpad(n::text, 14, '0'),
       '1703500101' || lpad(n::text, 14, '0'), 'NATIONAL', true, m.id, operation, unit
FROM lot, deed, territory_municipality AS m;
