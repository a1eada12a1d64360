-- What as_public.sql changed, set back; the transaction may go on.
SELECT set_config('role', 'none', true),
       set_config('statement_timeout', current_setting('lindero.statement_timeout'), true)
