-- The laws of 0002 as they were, asked in a way that stays quick for one row among many. The locks are the same.

-- One look at each shape instead of a plan over a million supposed cells.
CREATE OR REPLACE FUNCTION cadastre_lock_ground(geoms geometry[], municipality bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    shape geometry;
    west float8;
    south float8;
    east float8;
    north float8;
    cells int[] := '{}';
    cell int;
    alone boolean := COALESCE(cardinality(geoms), 0) > 100;
BEGIN
    FOREACH shape IN ARRAY COALESCE(geoms, '{}') LOOP
        CONTINUE WHEN alone OR shape IS NULL OR ST_IsEmpty(shape);
        west := floor(ST_XMin(shape) / 128);
        south := floor(ST_YMin(shape) / 128);
        east := floor(ST_XMax(shape) / 128);
        north := floor(ST_YMax(shape) / 128);
        alone := (east - west + 1) * (north - south + 1) > 256;
        CONTINUE WHEN alone;
        FOR x IN west::int .. east::int LOOP
            FOR y IN south::int .. north::int LOOP
                cells := cells || (x * 100000 + y);
            END LOOP;
        END LOOP;
    END LOOP;
    IF alone THEN
        PERFORM pg_advisory_xact_lock(1, municipality::int);
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(1, municipality::int);
    IF cardinality(geoms) > 1 THEN
        cells := ARRAY(SELECT DISTINCT c FROM unnest(cells) AS c ORDER BY 1);
    END IF;  -- the cells of one shape come in their order
    FOREACH cell IN ARRAY cells LOOP
        PERFORM pg_advisory_xact_lock(2, cell);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION cadastre_no_overlap() RETURNS trigger
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
    FROM (
        -- OFFSET 0 keeps the other conditions out: from its sixth row on a session plans this without looking at
        -- the values, and then read the whole index of identities besides that of the ground.
        SELECT parcel_id, municipality_id, valid, geom FROM cadastre_parcelversion
        WHERE geom && NEW.geom AND upper_inf(recorded) OFFSET 0
    ) AS v, LATERAL cadastre_overlap(v.geom, NEW.geom) AS o
    WHERE v.municipality_id = NEW.municipality_id
      AND v.parcel_id <> NEW.parcel_id
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
