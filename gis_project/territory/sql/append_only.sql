-- Tables that only grow. The list comes as JSON {"table": ["closing column", …]} in the session
-- setting lindero.append_only: lindero_app inserts, and updates the closing columns of a row once.
-- A closing column is open while it is NULL or, if a range, while it has no upper bound.

CREATE OR REPLACE FUNCTION refuse_second_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'La fila de % ya está cerrada y no cambia.', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Registre una versión nueva.';
END
$$;

CREATE OR REPLACE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'De % no se borra nada.', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

REVOKE ALL ON FUNCTION refuse_second_closing(), refuse_removal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refuse_second_closing(), refuse_removal() TO lindero_app;

DO $$
DECLARE
    table_name text;
    closing jsonb;
    closing_columns text;
    closed_before text;
BEGIN
    FOR table_name, closing IN SELECT key, value FROM jsonb_each(current_setting('lindero.append_only')::jsonb)
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM lindero_app', table_name);
        EXECUTE format('DROP TRIGGER IF EXISTS nothing_is_removed ON %I', table_name);
        EXECUTE format(
            'CREATE TRIGGER nothing_is_removed BEFORE DELETE OR TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_removal()', table_name);
        EXECUTE format('DROP TRIGGER IF EXISTS closes_once ON %I', table_name);
        CONTINUE WHEN jsonb_array_length(closing) = 0;

        SELECT string_agg(quote_ident(a.attname), ', '),
               string_agg(
                   format(CASE t.typtype
                          WHEN 'r' THEN '(NOT upper_inf(OLD.%1$I) AND OLD.%1$I IS DISTINCT FROM NEW.%1$I)'
                          ELSE '(OLD.%1$I IS NOT NULL AND OLD.%1$I IS DISTINCT FROM NEW.%1$I)'
                          END, a.attname), ' OR ')
        INTO STRICT closing_columns, closed_before
        FROM jsonb_array_elements_text(closing) AS wanted(name)
        JOIN pg_attribute a ON a.attrelid = table_name::regclass AND a.attname = wanted.name
        JOIN pg_type t ON t.oid = a.atttypid;

        IF closing_columns IS NULL
           OR cardinality(string_to_array(closing_columns, ', ')) <> jsonb_array_length(closing) THEN
            RAISE EXCEPTION 'append_only: % names a column that % does not have', closing, table_name;
        END IF;
        EXECUTE format('GRANT UPDATE (%s) ON %I TO lindero_app', closing_columns, table_name);
        EXECUTE format(
            'CREATE TRIGGER closes_once BEFORE UPDATE ON %I FOR EACH ROW WHEN (%s)'
            ' EXECUTE FUNCTION refuse_second_closing()', table_name, closed_before);
    END LOOP;
END
$$;
