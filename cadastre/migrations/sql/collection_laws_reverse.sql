DROP TRIGGER joins_in_time ON cadastre_ledgerposting;
DROP TRIGGER is_of_now ON cadastre_ledgerentry;
DROP TRIGGER balances ON cadastre_ledgerposting;
DROP TRIGGER balances ON cadastre_ledgerentry;
DROP FUNCTION cadastre_posting_joins_in_time();
DROP FUNCTION cadastre_entry_is_of_now();
DROP FUNCTION cadastre_entry_balances();
