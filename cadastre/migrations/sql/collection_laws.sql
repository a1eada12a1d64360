-- L8: the postings of an entry sum to zero when its transaction ends, and nothing joins an entry afterwards.
CREATE FUNCTION cadastre_entry_balances() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    which uuid := CASE TG_TABLE_NAME WHEN 'cadastre_ledgerposting' THEN (to_jsonb(NEW) ->> 'entry_id')::uuid
                                     ELSE (to_jsonb(NEW) ->> 'id')::uuid END;
    total numeric;
    parts int;
BEGIN
    SELECT COALESCE(sum(amount), 0), count(*) INTO total, parts
    FROM cadastre_ledgerposting WHERE entry_id = which;
    IF total <> 0 OR parts < 2 THEN
        RAISE EXCEPTION 'ledger entry % has % postings that sum to %', which, parts, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balances', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER balances AFTER INSERT OR UPDATE ON cadastre_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cadastre_entry_balances();
CREATE CONSTRAINT TRIGGER balances AFTER INSERT OR UPDATE ON cadastre_ledgerposting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cadastre_entry_balances();

CREATE FUNCTION cadastre_entry_is_of_now() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.made_in := txid_current();
    RETURN NEW;
END
$$;

CREATE TRIGGER is_of_now BEFORE INSERT ON cadastre_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION cadastre_entry_is_of_now();

CREATE FUNCTION cadastre_posting_joins_in_time() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT made_in FROM cadastre_ledgerentry WHERE id = NEW.entry_id) IS DISTINCT FROM txid_current() THEN
        RAISE EXCEPTION 'ledger entry % is closed', NEW.entry_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_closed', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER joins_in_time BEFORE INSERT ON cadastre_ledgerposting
    FOR EACH ROW EXECUTE FUNCTION cadastre_posting_joins_in_time();
