-- The auditor reads everything but what opens doors: no password, session, second factor or paper code.
DO $$
DECLARE
    name text;
    readable text;
BEGIN
    FOREACH name IN ARRAY ARRAY['django_session', 'mfa_authenticator', 'shared_cache', 'account_emailconfirmation'] LOOP
        EXECUTE format('REVOKE ALL ON %I FROM lindero_auditor', name);
    END LOOP;
    FOR name, readable IN
        SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
        FROM information_schema.columns
        WHERE table_schema = 'public'
          AND table_name IN ('territory_user', 'territory_recoverycode')
          AND column_name NOT IN ('password', 'code_hash')
        GROUP BY table_name
    LOOP
        EXECUTE format('REVOKE ALL ON %I FROM lindero_auditor', name);
        EXECUTE format('GRANT SELECT (%s) ON %I TO lindero_auditor', readable, name);
    END LOOP;
END
$$;
