-- An ordinance whose content has a hash is sealed: what was approved, and its bills, can be shown for ever. Only its
-- end, its state (forward) and its first emission are written afterwards. 0002 guards those emitted before this law.
CREATE FUNCTION cadastre_ordinance_is_sealed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.municipality_id, NEW.subject, NEW.number, NEW.title, NEW.gazette, NEW.parameters, NEW.is_sample,
        NEW.content_hash, NEW.biennium, NEW.drafted_by_id, lower(NEW.valid))
       IS DISTINCT FROM
       (OLD.municipality_id, OLD.subject, OLD.number, OLD.title, OLD.gazette, OLD.parameters, OLD.is_sample,
        OLD.content_hash, OLD.biennium, OLD.drafted_by_id, lower(OLD.valid)) THEN
        RAISE EXCEPTION 'the content of a sealed ordinance does not change'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ordinance_is_sealed', TABLE = TG_TABLE_NAME;
    END IF;
    IF (OLD.state <> 'DRAFT' AND NEW.state = 'DRAFT') OR (OLD.state = 'WITHDRAWN' AND NEW.state <> 'WITHDRAWN')
       OR (OLD.approved_at IS NOT NULL AND (NEW.approved_at, NEW.approved_by_id, NEW.approval)
           IS DISTINCT FROM (OLD.approved_at, OLD.approved_by_id, OLD.approval))
       OR (OLD.locked_at IS NOT NULL AND (NEW.locked_at, NEW.state) IS DISTINCT FROM (OLD.locked_at, OLD.state)) THEN
        RAISE EXCEPTION 'an ordinance goes from draft to approved to locked, and not back'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ordinance_goes_forward', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER ordinance_is_sealed BEFORE UPDATE ON territory_ordinance
    FOR EACH ROW WHEN (OLD.content_hash <> '') EXECUTE FUNCTION cadastre_ordinance_is_sealed();

-- Its tables take no more rows either.
CREATE FUNCTION cadastre_sealed_takes_no_rows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM territory_ordinance WHERE id = NEW.ordinance_id AND content_hash <> '';
    IF FOUND THEN
        RAISE EXCEPTION 'a sealed ordinance takes no more rows'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ordinance_is_sealed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER ordinance_is_sealed BEFORE INSERT ON cadastre_buildingcost
    FOR EACH ROW EXECUTE FUNCTION cadastre_sealed_takes_no_rows();
CREATE TRIGGER ordinance_is_sealed BEFORE INSERT ON cadastre_landprice
    FOR EACH ROW EXECUTE FUNCTION cadastre_sealed_takes_no_rows();

-- A zone's own later version (its validity ends when another ordinance begins) says the same of the same ground.
CREATE FUNCTION cadastre_sealed_takes_no_zones() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM territory_ordinance WHERE id = NEW.ordinance_id AND content_hash <> '';
    IF FOUND THEN
        PERFORM 1 FROM cadastre_landvaluezone AS z
        WHERE z.ordinance_id = NEW.ordinance_id AND z.feature_id = NEW.feature_id
          AND (z.code, z.kind, z.value) = (NEW.code, NEW.kind, NEW.value) AND ST_OrderingEquals(z.geom, NEW.geom);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a sealed ordinance takes no more zones'
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ordinance_is_sealed', TABLE = TG_TABLE_NAME;
        END IF;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER ordinance_is_sealed BEFORE INSERT ON cadastre_landvaluezone
    FOR EACH ROW EXECUTE FUNCTION cadastre_sealed_takes_no_zones();

-- What acts, persons and meters tell closes forward, once, and by an operation, as the register's other versions do.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['taxgrant', 'holderfact', 'serviceuse']
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

-- An emission: who generated it does not approve or receive it, nobody receives what is not approved.
CREATE FUNCTION cadastre_roll_steps_in_order() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    maker uuid;
BEGIN
    SELECT o.made_by_id INTO maker
    FROM cadastre_taxroll AS r JOIN cadastre_operation AS o ON o.id = r.operation_id WHERE r.id = NEW.roll_id;
    IF NEW.made_by_id = maker
       OR EXISTS (SELECT FROM cadastre_rollstep WHERE roll_id = NEW.roll_id AND made_by_id = NEW.made_by_id) THEN
        RAISE EXCEPTION 'each step of an emission is another person''s'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'roll_step_four_eyes', TABLE = TG_TABLE_NAME;
    END IF;
    IF NEW.step = 'RECEIVED'
       AND NOT EXISTS (SELECT FROM cadastre_rollstep WHERE roll_id = NEW.roll_id AND step = 'APPROVED') THEN
        RAISE EXCEPTION 'an emission is approved before it is received'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'roll_step_in_order', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER roll_steps_in_order BEFORE INSERT ON cadastre_rollstep
    FOR EACH ROW EXECUTE FUNCTION cadastre_roll_steps_in_order();
