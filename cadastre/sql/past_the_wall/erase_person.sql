-- Takes a person out of every text that the register keeps (LOPDP): the identity row, and wherever the declared
-- personal columns (exported_tables.PERSONAL) tell the name in any rotation of its words, the document, or how to reach
-- the person. Runs as the owner because history has no UPDATE for anybody else; it does so only for a party whose
-- PartyErasure was written in this very transaction, and never for one that still holds a right. Returns rows changed by table.
DO $$
BEGIN
    EXECUTE format('CREATE OR REPLACE FUNCTION cadastre_erasable_columns() RETURNS jsonb LANGUAGE sql IMMUTABLE AS %L',
                   format('SELECT %L::jsonb', current_setting('lindero.erasable')));
END
$$;

CREATE OR REPLACE FUNCTION cadastre_escaped(word text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(word, '([^[:alnum:]])', '\\\1', 'g')
$$;

-- Rows of one municipality: `municipality_id`, or `column -> parent` up to a table that has it.
CREATE OR REPLACE FUNCTION cadastre_rows_of_town(declared jsonb, name text, alias text) RETURNS text
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    parts text[] := string_to_array(declared -> name ->> 'rule', ' -> ');
BEGIN
    IF cardinality(parts) = 1 THEN
        RETURN format('%I.%I = $1', alias, parts[1]);
    END IF;
    RETURN format('EXISTS (SELECT FROM %1$I AS %2$I WHERE %2$I.id = %3$I.%4$I AND %5$s)', parts[2], 'of_' || alias,
                  alias, parts[1], cadastre_rows_of_town(declared, parts[2], 'of_' || alias));
END
$$;

CREATE OR REPLACE FUNCTION cadastre_erase_person(erasure uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    declared jsonb := cadastre_erasable_columns();
    gone CONSTANT text := '[suprimido]';
    town bigint;
    subject uuid;
    who cadastre_partyidentity;
    words text[];
    turned text[] := '{}';
    name_pattern text;
    number_pattern text;
    contact_pattern text;
    both_patterns text;
    object record;
    changed bigint;
    told jsonb := '{}';
BEGIN
    SELECT e.municipality_id, e.party_id INTO town, subject FROM cadastre_partyerasure AS e
    WHERE e.id = erasure AND e.erased_at = transaction_timestamp();
    IF NOT FOUND OR (town = ANY (municipalities_in_scope())) IS NOT TRUE THEN
        RAISE EXCEPTION 'a person is erased in the transaction that records it, and in its own municipality'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM cadastre_right AS r
               WHERE r.party_id = subject AND upper_inf(r.recorded) AND upper_inf(r.valid)) THEN
        RAISE EXCEPTION 'who holds a right is not erased' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO STRICT who FROM cadastre_partyidentity AS i WHERE i.party_id = subject FOR UPDATE;

    words := regexp_split_to_array(btrim(cadastre_plain(who.full_name)), '\s+');
    IF cardinality(words) >= 2 AND length(who.full_name) >= 8 AND NOT EXISTS (
        SELECT FROM cadastre_partyidentity AS i
        WHERE i.municipality_id = town AND i.party_id <> subject AND i.search_name = who.search_name
    ) THEN
        words := ARRAY(SELECT cadastre_escaped(word) FROM unnest(words) WITH ORDINALITY AS w(word, place) ORDER BY place);
        words := ARRAY(SELECT replace(replace(replace(replace(replace(replace(word,
                     'A', '[AÁÀÄÂ]'), 'E', '[EÉÈËÊ]'), 'I', '[IÍÌÏÎ]'), 'O', '[OÓÒÖÔ]'), 'U', '[UÚÙÜÛ]'), 'N', '[NÑ]')
                 FROM unnest(words) WITH ORDINALITY AS w(word, place) ORDER BY place);
        FOR turn IN 1 .. cardinality(words) LOOP
            turned := turned || array_to_string(words[turn:] || words[:turn - 1], '[\s,.]+');
        END LOOP;
        name_pattern := '(?<![[:alnum:]])(' || array_to_string(turned, '|') || ')(?![[:alnum:]])';
    END IF;
    IF length(who.id_number) >= 6 THEN
        -- a cédula is found in its RUC and a person's RUC in the cédula, with or without the customary hyphen
        number_pattern := format('(?<![[:alnum:]])%s-?%s(001)?(?![[:alnum:]])',
            cadastre_escaped(left(CASE WHEN who.id_number ~ '^[0-9]{10}001$' THEN left(who.id_number, 10)
                                       ELSE who.id_number END, -1)),
            cadastre_escaped(right(CASE WHEN who.id_number ~ '^[0-9]{10}001$' THEN left(who.id_number, 10)
                                        ELSE who.id_number END, 1)));
    END IF;
    SELECT '(?<![[:alnum:]])(' || string_agg(cadastre_escaped(value), '|') || ')(?![[:alnum:]])' INTO contact_pattern
    FROM unnest(ARRAY[who.phone, who.email, who.postal_address]) AS value WHERE length(value) >= 6;
    both_patterns := concat_ws('|', name_pattern, number_pattern, contact_pattern);

    IF both_patterns <> '' THEN
        FOR object IN
            SELECT t.key AS name, c.column_name, a.atttypid = 'jsonb'::regtype AS is_json,
                   format_type(a.atttypid, a.atttypmod) AS type
            FROM jsonb_each(declared) AS t
            CROSS JOIN LATERAL jsonb_array_elements_text(t.value -> 'columns') AS c(column_name)
            JOIN pg_attribute AS a ON a.attrelid = t.key::regclass AND a.attname = c.column_name
            WHERE a.atttypid IN ('jsonb'::regtype, 'text'::regtype, 'varchar'::regtype)
        LOOP
            EXECUTE format(
                'UPDATE %1$I AS t SET %2$I = (regexp_replace(regexp_replace(regexp_replace(t.%2$I::text, $2, $5, ''gi''),'
                ' $3, $6, ''gi''), $4, $5, ''gi''))::%3$s WHERE t.%2$I::text ~* $7 AND %4$s',
                object.name, object.column_name, object.type, cadastre_rows_of_town(declared, object.name, 't'))
            USING town, coalesce(name_pattern, '$^'), coalesce(number_pattern, '$^'), coalesce(contact_pattern, '$^'),
                  gone, CASE WHEN object.is_json THEN '0' ELSE gone END, both_patterns;
            GET DIAGNOSTICS changed = ROW_COUNT;
            IF changed > 0 THEN
                told := told || jsonb_build_object(
                    object.name, coalesce((told ->> object.name)::bigint, 0) + changed);
            END IF;
        END LOOP;
    END IF;

    -- what was typed of an applicant whom the counter bound to the person may spell the name in another way
    UPDATE cadastre_procedureapplicant SET full_name = CASE full_name WHEN '' THEN '' ELSE gone END,
        id_number = '', email = '', phone = ''
    WHERE party_id = subject AND (full_name, id_number, email, phone) IS DISTINCT FROM ('', '', '', '');
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed > 0 THEN
        told := told || jsonb_build_object('cadastre_procedureapplicant',
            coalesce((told ->> 'cadastre_procedureapplicant')::bigint, 0) + changed);
    END IF;

    UPDATE cadastre_partyidentity SET full_name = 'Persona suprimida', search_name = '', id_kind = 'NONE', id_number = '',
        identity_warnings = '[]', birth_date = NULL, phone = '', email = '', postal_address = ''
    WHERE party_id = subject;
    told := told || '{"cadastre_partyidentity": 1}';
    -- the planner's samples hold values of columns: those of the rows that changed are taken anew
    FOR object IN SELECT key AS name FROM jsonb_each(told) LOOP
        EXECUTE format('ANALYZE %I', object.name);
    END LOOP;
    UPDATE cadastre_partyerasure AS e SET counts = told WHERE e.id = erasure;
    RETURN told;
END
$$;
