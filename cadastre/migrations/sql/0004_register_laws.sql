-- What the ground of the plan and the register's other records obey, as the first tables do (see 0002).
ALTER TABLE cadastre_sector ADD CONSTRAINT sector_geometry_lawful CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_homogeneouszone ADD CONSTRAINT homogeneous_zone_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_landusezone ADD CONSTRAINT land_use_zone_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_riskarea ADD CONSTRAINT risk_area_geometry_lawful CHECK (cadastre_geometry_is_lawful(geom));
ALTER TABLE cadastre_ravineedge ADD CONSTRAINT ravine_edge_geometry_lawful
    CHECK (cadastre_geometry_is_lawful(geom));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'sector', 'homogeneouszone', 'landusezone', 'riskarea', 'ravineedge', 'partymember', 'restriction',
        'responsibility', 'ficha', 'householdrecord', 'complementarywork'
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

-- Shares within a group of parties: exact, and one in all, unless the group is declared undetermined.
CREATE FUNCTION cadastre_members_are_whole() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    day date := COALESCE(lower(NEW.valid), '-infinity');
    part record;
    whole numeric := 1;
    held numeric := 0;
    undetermined boolean := false;
    members int := 0;
BEGIN
    PERFORM 1 FROM cadastre_party WHERE id = NEW.group_id FOR NO KEY UPDATE;
    FOR part IN
        SELECT share_numerator, share_denominator FROM cadastre_partymember
        WHERE group_id = NEW.group_id AND upper_inf(recorded) AND valid @> day
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
        RAISE EXCEPTION 'shares of group % sum to %/%', NEW.group_id, held, whole
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_are_whole', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER members_are_whole
    AFTER INSERT OR UPDATE ON cadastre_partymember
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cadastre_members_are_whole();

-- L4: what an operation closes, opens and explains sums to nothing, to half a square millimetre.
CREATE FUNCTION cadastre_ledger_sums_to_zero() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    rest numeric;
BEGIN
    SELECT sum(area_m2) INTO rest FROM cadastre_arealedgerline WHERE operation_id = NEW.operation_id;
    IF rest <> 0 THEN
        RAISE EXCEPTION 'the area ledger of % leaves % m2', NEW.operation_id, rest
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_sums_to_zero', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER ledger_sums_to_zero
    AFTER INSERT ON cadastre_arealedgerline
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cadastre_ledger_sums_to_zero();

-- A predio's revision only grows: whoever edits says upon which one he worked.
CREATE FUNCTION cadastre_revision_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.revision < OLD.revision THEN
        RAISE EXCEPTION 'the revision of % does not go back', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'revision_grows';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER revision_grows BEFORE UPDATE OF revision ON cadastre_propertyunit
    FOR EACH ROW EXECUTE FUNCTION cadastre_revision_grows();
