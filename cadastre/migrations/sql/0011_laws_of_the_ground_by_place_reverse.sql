-- The functions of 0002 as they were.
CREATE OR REPLACE FUNCTION cadastre_lock_ground(geoms geometry[], municipality bigint) RETURNS void
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
