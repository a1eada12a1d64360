-- The four roles and two databases of Lindero. Run by a superuser, with psql, as often as wanted:
-- what exists is left, only the properties are set again. On a server of your own, add passwords
-- afterwards (\password lindero_app …) and name the four addresses in the environment.
\set ON_ERROR_STOP on
\set QUIET on

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['lindero_owner', 'lindero_app', 'lindero_public', 'lindero_auditor']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- Migrations and test databases; ends sessions of a test database that is to be dropped.
ALTER ROLE lindero_owner CREATEDB;
GRANT pg_signal_backend TO lindero_owner;

-- The public's lane: reads only, never long, never in crowds.
ALTER ROLE lindero_public CONNECTION LIMIT 40;
ALTER ROLE lindero_public SET default_transaction_read_only = on;
ALTER ROLE lindero_public SET statement_timeout = '3s';
ALTER ROLE lindero_public SET lock_timeout = '1s';
ALTER ROLE lindero_public SET idle_in_transaction_session_timeout = '30s';

-- Requests ask the schema lookup as the public role (SET LOCAL ROLE), never with its rights by the way:
-- NOINHERIT stands before the grant because from PostgreSQL 16 on the grant remembers it.
ALTER ROLE lindero_app NOINHERIT;
GRANT lindero_public TO lindero_app;

-- PostGIS can only be created by a superuser, so test databases are copies of this one.
SELECT 'CREATE DATABASE lindero_template OWNER lindero_owner TEMPLATE template0 ENCODING ''UTF8'''
       ' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8'' IS_TEMPLATE true'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lindero_template') \gexec

\connect lindero_template
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
GRANT ALL ON SCHEMA public TO lindero_owner;
GRANT SELECT ON spatial_ref_sys TO PUBLIC;

-- A database cannot be copied while somebody is in it.
\connect postgres
SELECT 'CREATE DATABASE lindero OWNER lindero_owner TEMPLATE lindero_template'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lindero') \gexec
REVOKE TEMPORARY ON DATABASE lindero FROM PUBLIC;
GRANT TEMPORARY ON DATABASE lindero TO lindero_app;
