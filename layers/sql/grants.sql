-- The public role may select from the one schema and execute in the other: nothing behind them.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA lookup FROM PUBLIC;
GRANT USAGE ON SCHEMA published, lookup TO lindero_public, lindero_app, lindero_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA published TO lindero_public, lindero_app, lindero_auditor;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA lookup TO lindero_public, lindero_app, lindero_auditor;
