-- What each database role may do in schema public. Runs as the owner after every migration and may
-- run again: the end is the same. From tables of records (JSON list in the setting lindero.kept) the
-- application deletes nothing. Tables that only grow follow in append_only.sql; the schemas
-- published and lookup grant for themselves where they are made (layers).

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lindero_app, lindero_public, lindero_auditor;

-- Functions that migrations make later are nobody's until granted here or by their own SQL.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

DO $$
DECLARE
    object record;
BEGIN
    FOR object IN
        SELECT c.oid::regclass AS name, c.relkind
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
          AND pg_get_userbyid(c.relowner) = current_user
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, lindero_app, lindero_public, lindero_auditor', object.name);
        IF object.relkind = 'S' THEN
            EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO lindero_app', object.name);
        ELSIF object.relkind IN ('v', 'm') OR object.name::text = 'django_migrations' THEN
            EXECUTE format('GRANT SELECT ON %s TO lindero_app, lindero_auditor', object.name);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %s TO lindero_app', object.name);
            IF NOT current_setting('lindero.kept')::jsonb ? object.name::text THEN
                EXECUTE format('GRANT DELETE ON %s TO lindero_app', object.name);
            END IF;
            EXECUTE format('GRANT SELECT ON %s TO lindero_auditor', object.name);
        END IF;
    END LOOP;

    FOR object IN
        SELECT p.oid::regprocedure AS name
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
          AND p.prokind IN ('f', 'p')
          AND pg_get_userbyid(p.proowner) = current_user
    LOOP
        EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC, lindero_public', object.name);
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO lindero_app', object.name);
    END LOOP;
END
$$;
