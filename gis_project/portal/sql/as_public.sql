-- For the rest of the transaction the rights of the public role, and the time its own sessions have.
SELECT set_config('lindero.statement_timeout', current_setting('statement_timeout'), true),
       set_config('statement_timeout', '3s', true),
       set_config('role', 'lindero_public', true)
