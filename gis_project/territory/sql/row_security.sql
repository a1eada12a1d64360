-- The second wall between municipalities. The list comes as JSON {"table": "column"} or {"table": "column -> parent"}
-- in the setting lindero.row_security. lindero_app sees and writes the rows of the municipalities that the session's
-- setting lindero.municipalities names; without it, none. The owner is not bound (views of `published` and functions
-- of `lookup` are the owner's), the auditor reads all.

CREATE OR REPLACE FUNCTION municipalities_in_scope() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    told text := current_setting('lindero.municipalities', true);
BEGIN
    IF told = '*' THEN
        RETURN ARRAY(SELECT id FROM public.territory_municipality);
    END IF;
    RETURN string_to_array(NULLIF(told, ''), ',')::bigint[];
END
$$;

REVOKE ALL ON FUNCTION municipalities_in_scope() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION municipalities_in_scope() TO lindero_app;

DO $$
DECLARE
    declared jsonb := current_setting('lindero.row_security')::jsonb;
    object record;
    parts text[];
    rule text;
BEGIN
    FOR object IN
        SELECT c.oid::regclass AS name, p.polname
        FROM pg_class c
        LEFT JOIN pg_policy p ON p.polrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
          AND pg_get_userbyid(c.relowner) = current_user
    LOOP
        IF object.polname IS NOT NULL THEN
            EXECUTE format('DROP POLICY %I ON %s', object.polname, object.name);
        END IF;
        IF NOT declared ? object.name::text THEN
            EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', object.name);
        END IF;
    END LOOP;

    FOR object IN SELECT key AS name, string_to_array(value, ' -> ') AS parts FROM jsonb_each_text(declared)
    LOOP
        IF EXISTS (
            SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
            WHERE a.attrelid = object.name::regclass AND t.typname IN ('geometry', 'geography', 'raster')
        ) THEN
            RAISE EXCEPTION 'row_security: % has a geometry, whose index a policy would disable', object.name;
        END IF;
        IF cardinality(object.parts) = 2 THEN
            -- the parent's own policy applies inside: no need to say it twice
            rule := format('EXISTS (SELECT FROM %I AS parent WHERE parent.id = %I.%I)',
                           object.parts[2], object.name, object.parts[1]);
        ELSE
            -- a subquery of its own, so that it is answered once a statement
            rule := format('%I = ANY ((SELECT municipalities_in_scope())::bigint[])', object.parts[1]);
        END IF;
        EXECUTE format('CREATE POLICY own_municipality ON %I FOR ALL TO lindero_app USING (%s) WITH CHECK (%s)',
                       object.name, rule, rule);
        EXECUTE format('CREATE POLICY auditor_reads_all ON %I FOR SELECT TO lindero_auditor USING (true)',
                       object.name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', object.name);
    END LOOP;

    -- A law that looks at walled rows looks at all of them, whoever's transaction ends and in whatever scope: rows
    -- it does not see would not break it. Nobody calls a trigger's function by hand, so nobody needs to be granted it.
    FOR object IN
        SELECT p.oid::regprocedure AS name
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype
          AND pg_get_userbyid(p.proowner) = current_user
          AND EXISTS (
              SELECT FROM jsonb_object_keys(declared) AS walled(name)
              WHERE p.prosrc ~ format('\m%s\M', walled.name)
          )
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', object.name);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, lindero_app', object.name);
    END LOOP;
END
$$;
