-- L3: valid, finite, in the mainland's coarse bounds, of sensible size. NaN fails the upper bounds.
CREATE FUNCTION cadastre_geometry_is_lawful(geom geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN geom IS NULL OR (
    NOT ST_IsEmpty(geom)
    AND ST_NPoints(geom) <= 10000
    AND ST_XMin(geom) > 300000 AND ST_XMax(geom) < 1300000
    AND ST_YMin(geom) > 9300000 AND ST_YMax(geom) < 10400000
    AND ST_IsValid(geom)
    AND (ST_Dimension(geom) < 2 OR ST_Area(geom) >= 1)
);

ALTER TABLE cadastre_parcelversion ADD CONSTRAINT parcel_version_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_buildingversion ADD CONSTRAINT building_version_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_block ADD CONSTRAINT block_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_landvaluezone ADD CONSTRAINT land_value_zone_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));

-- L1: common ground counts from 0.01 m² on where it is somewhere wider than 1 cm: a piece that vanishes when 5 mm are
-- taken off all around is only the rounding of two surveys. Each piece is judged by itself, and by its widest place,
-- so that a long sliver cannot hide a real overlap. `area_m2` sums the pieces that count (0: none does); `width_m`
-- tells the mean width, 2·area/perimeter, of the widest of them.
CREATE FUNCTION cadastre_overlap(a geometry, b geometry, OUT area_m2 numeric, OUT width_m numeric)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(sum(ST_Area(d.geom)), 0)::numeric(16, 4),
           COALESCE(max(2 * ST_Area(d.geom) / NULLIF(ST_Perimeter(d.geom), 0)), 0)::numeric(12, 4)
    FROM ST_Dump(ST_CollectionExtract(ST_Intersection(a, b), 3)) AS d
    WHERE ST_Area(d.geom) > 0.01 AND NOT ST_IsEmpty(ST_Buffer(d.geom, -0.005, 'join=mitre'))
$$;

-- Writers on the same ground wait for one another: a shared lock on the municipality and one on each 128 m cell of
-- the boxes, in sorted order. A very large parcel, like an import, takes the municipality alone.
CREATE FUNCTION cadastre_lock_ground(geoms geometry[], municipality bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    cell int;
BEGIN
    PERFORM 1 FROM unnest(geoms) AS g
    WHERE (floor(ST_XMax(g) / 128) - floor(ST_XMin(g) / 128) + 1)
        * (floor(ST_YMax(g) / 128) - floor(ST_YMin(g) / 128) + 1) > 256;
    IF FOUND OR cardinality(geoms) > 100 THEN
        PERFORM pg_advisory_xact_lock(1, municipality::int);
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(1, municipality::int);
    FOR cell IN
        SELECT DISTINCT x * 100000 + y
        FROM unnest(geoms) AS g,
             generate_series(floor(ST_XMin(g) / 128)::int, floor(ST_XMax(g) / 128)::int) AS x,
             generate_series(floor(ST_YMin(g) / 128)::int, floor(ST_YMax(g) / 128)::int) AS y
        ORDER BY 1
    LOOP
        PERFORM pg_advisory_xact_lock(2, cell);
    END LOOP;
END
$$;

CREATE FUNCTION cadastre_lock_operation(operation uuid, municipality bigint) RETURNS void
LANGUAGE sql AS $$
    SELECT cadastre_lock_ground(array_agg(geom), municipality)
    FROM cadastre_parcelversion
    WHERE opened_by_id = operation AND geom IS NOT NULL AND upper_inf(recorded)
$$;

CREATE FUNCTION cadastre_no_overlap() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    other uuid;
    size_m2 numeric;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'parcels are written at READ COMMITTED only'
            USING ERRCODE = 'invalid_transaction_state', CONSTRAINT = 'no_overlap_isolation';
    END IF;
    -- cadastre_settle_overlaps has checked the whole set of this operation.
    IF current_setting('lindero.overlaps_settled', true) = NEW.opened_by_id::text THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM cadastre_parcelversion WHERE id = NEW.id AND upper_inf(recorded);
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    -- All the ground of the operation first, in one order: two operations of several parcels cannot deadlock.
    IF current_setting('lindero.ground_locked', true) IS DISTINCT FROM NEW.opened_by_id::text THEN
        PERFORM cadastre_lock_operation(NEW.opened_by_id, NEW.municipality_id);
        PERFORM set_config('lindero.ground_locked', NEW.opened_by_id::text, true);
    END IF;
    PERFORM cadastre_lock_ground(ARRAY[NEW.geom], NEW.municipality_id);
    SELECT v.parcel_id, o.area_m2 INTO other, size_m2
    FROM cadastre_parcelversion AS v, LATERAL cadastre_overlap(v.geom, NEW.geom) AS o
    WHERE v.geom && NEW.geom
      AND v.municipality_id = NEW.municipality_id
      AND v.parcel_id <> NEW.parcel_id
      AND upper_inf(v.recorded)
      AND v.valid && NEW.valid
      AND ST_Relate(v.geom, NEW.geom, '2********')
      AND o.area_m2 > 0
      AND NOT EXISTS (
          SELECT FROM cadastre_toleratedoverlap AS t
          WHERE t.parcel_low_id = LEAST(v.parcel_id, NEW.parcel_id)
            AND t.parcel_high_id = GREATEST(v.parcel_id, NEW.parcel_id)
            AND t.resolved_by_id IS NULL
            AND o.area_m2 <= t.area_m2 + 0.01
      )
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'parcel % overlaps % by % m2', NEW.parcel_id, other, size_m2
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'no_overlap', TABLE = TG_TABLE_NAME,
                  DETAIL = json_build_object('parcel', NEW.parcel_id, 'other', other, 'area_m2', size_m2)::text;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER no_overlap
    AFTER INSERT OR UPDATE OF geom, valid, parcel_id, municipality_id ON cadastre_parcelversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.geom IS NOT NULL AND upper_inf(NEW.recorded))
    EXECUTE FUNCTION cadastre_no_overlap();

-- For an import: checks all versions an operation opened at once, under one lock on the municipality; admits what
-- overlaps as tolerated pairs, and returns those pairs.
CREATE FUNCTION cadastre_settle_overlaps(operation uuid)
RETURNS TABLE (parcel_low uuid, parcel_high uuid, area_m2 numeric, width_m numeric)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    town bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'parcels are written at READ COMMITTED only'
            USING ERRCODE = 'invalid_transaction_state', CONSTRAINT = 'no_overlap_isolation';
    END IF;
    SELECT o.municipality_id INTO STRICT town FROM cadastre_operation AS o WHERE o.id = operation;
    PERFORM pg_advisory_xact_lock(1, town::int);
    RETURN QUERY
    WITH pairs AS MATERIALIZED (
        SELECT DISTINCT LEAST(v.parcel_id, n.parcel_id) AS low, GREATEST(v.parcel_id, n.parcel_id) AS high,
               o.area_m2 AS area, o.width_m AS width
        FROM cadastre_parcelversion AS n
        -- OFFSET 0 keeps the planner on the spatial index: rows of this transaction have no statistics yet.
        CROSS JOIN LATERAL (
            SELECT c.* FROM cadastre_parcelversion AS c
            WHERE c.geom && n.geom AND upper_inf(c.recorded) OFFSET 0
        ) AS v
        CROSS JOIN LATERAL cadastre_overlap(v.geom, n.geom) AS o
        WHERE n.opened_by_id = operation AND n.geom IS NOT NULL AND upper_inf(n.recorded)
          AND v.parcel_id <> n.parcel_id AND v.municipality_id = n.municipality_id
          AND upper_inf(v.recorded) AND v.valid && n.valid
          AND (v.opened_by_id <> n.opened_by_id OR v.id < n.id)
          AND ST_Relate(v.geom, n.geom, '2********')
          AND o.area_m2 > 0
    ), fresh AS (
        INSERT INTO cadastre_toleratedoverlap
            (municipality_id, parcel_low_id, parcel_high_id, area_m2, width_m, operation_id)
        SELECT town, p.low, p.high, p.area, p.width, operation
        FROM pairs AS p
        WHERE NOT EXISTS (
            SELECT FROM cadastre_toleratedoverlap AS t
            WHERE t.parcel_low_id = p.low AND t.parcel_high_id = p.high
              AND t.resolved_by_id IS NULL AND p.area <= t.area_m2 + 0.01
        )
        RETURNING parcel_low_id, parcel_high_id, cadastre_toleratedoverlap.area_m2, cadastre_toleratedoverlap.width_m
    )
    SELECT * FROM fresh;
    PERFORM set_config('lindero.overlaps_settled', operation::text, true);
END
$$;

-- The tolerated set may only shrink: data taken over bring such pairs, other operations never do.
CREATE FUNCTION cadastre_tolerate_only_imports() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cadastre_operation
    WHERE id = NEW.operation_id AND verb IN ('import_parcels', 'load_samples');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only an import may bring overlapping parcels'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'tolerated_overlap_only_imports';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER tolerate_only_imports BEFORE INSERT ON cadastre_toleratedoverlap
    FOR EACH ROW EXECUTE FUNCTION cadastre_tolerate_only_imports();

-- Shares of dominio: exact, and one in all, unless the group is declared undetermined.
CREATE FUNCTION cadastre_shares_are_whole() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    day date := COALESCE(lower(NEW.valid), '-infinity');
    part record;
    whole numeric := 1;
    held numeric := 0;
    undetermined boolean := false;
    members int := 0;
BEGIN
    -- Two who give shares of one predio wait for each other; each then sees what the other gave.
    PERFORM 1 FROM cadastre_propertyunit WHERE id = NEW.unit_id FOR NO KEY UPDATE;
    FOR part IN
        SELECT share_numerator, share_denominator FROM cadastre_right
        WHERE unit_id = NEW.unit_id AND kind = NEW.kind AND upper_inf(recorded) AND valid @> day
    LOOP
        members := members + 1;
        IF part.share_numerator IS NULL THEN
            undetermined := true;
        ELSE
            held := held * (lcm(whole, part.share_denominator) / whole)
                    + part.share_numerator * (lcm(whole, part.share_denominator) / part.share_denominator);
            whole := lcm(whole, part.share_denominator);
        END IF;
    END LOOP;
    IF members > 0 AND (held > whole OR (NOT undetermined AND held <> whole)) THEN
        RAISE EXCEPTION 'shares of unit % sum to %/%', NEW.unit_id, held, whole
            USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_are_whole', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER shares_are_whole
    AFTER INSERT OR UPDATE ON cadastre_right
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.kind = 'OWNERSHIP')
    EXECUTE FUNCTION cadastre_shares_are_whole();

-- Searches compare without accents and case; unaccent is only STABLE, its dictionary named here makes it fixed.
CREATE FUNCTION cadastre_plain(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN upper(public.unaccent('public.unaccent'::regdictionary, value));

CREATE INDEX parcel_version_address ON cadastre_parcelversion
    USING gin (cadastre_plain(address) gin_trgm_ops) WHERE upper_inf(recorded);

-- A version is closed forward in time, once, and by an operation: what was known from when on does not move.
CREATE FUNCTION cadastre_closes_forward() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF isempty(NEW.recorded) OR lower(NEW.recorded) IS DISTINCT FROM lower(OLD.recorded) THEN
        RAISE EXCEPTION 'the beginning of a version does not change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'closes_forward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'parcelversion', 'keyalias', 'right', 'buildingversion', 'block', 'neighbourhood', 'road', 'urbanlimit',
        'landvaluezone'
    ]
    LOOP
        EXECUTE format(
            'CREATE TRIGGER closes_forward BEFORE UPDATE OF recorded ON cadastre_%s'
            ' FOR EACH ROW EXECUTE FUNCTION cadastre_closes_forward()', name);
        EXECUTE format(
            'ALTER TABLE cadastre_%1$s ADD CONSTRAINT %1$s_closed_by_an_operation'
            ' CHECK (upper_inf(recorded) = (closed_by_id IS NULL))', name);
    END LOOP;
END
$$;

-- An ordinance by which titles were emitted keeps its content: its bills can be recomputed for ever.
CREATE FUNCTION cadastre_ordinance_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM cadastre_taxroll WHERE ordinance_id = OLD.id;
    IF FOUND THEN
        RAISE EXCEPTION 'titles were emitted by this ordinance: its content does not change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ordinance_is_frozen';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER ordinance_is_frozen
    BEFORE UPDATE OF parameters, number, municipality_id, subject, state ON territory_ordinance
    FOR EACH ROW WHEN (
        (OLD.parameters, OLD.number, OLD.municipality_id, OLD.subject, OLD.state)
        IS DISTINCT FROM (NEW.parameters, NEW.number, NEW.municipality_id, NEW.subject, NEW.state)
    )
    EXECUTE FUNCTION cadastre_ordinance_is_frozen();
