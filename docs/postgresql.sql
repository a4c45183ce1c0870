-- Sets up a PostgreSQL server for the bot, once, as its superuser (docs/postgresql.md).
-- The bot itself needs no more than this role. It makes its tables at the first start.
CREATE ROLE pana LOGIN;
-- Whatever language the server was set up in: in another encoding the bot cannot even read the server's version.
CREATE DATABASE pana OWNER pana TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE CONNECT, TEMPORARY ON DATABASE pana FROM PUBLIC;

-- These keep the bot's statements and their values out of the server's log. All but the last can only be set by a
-- superuser, and hold for this role alone.
ALTER ROLE pana SET log_statement = 'none';
ALTER ROLE pana SET log_min_error_statement = 'panic';
ALTER ROLE pana SET log_error_verbosity = 'terse';
ALTER ROLE pana SET log_min_duration_statement = -1;
ALTER ROLE pana SET log_min_duration_sample = -1;
ALTER ROLE pana SET log_transaction_sample_rate = 0;
ALTER ROLE pana SET log_parameter_max_length = 0;
ALTER ROLE pana SET log_parameter_max_length_on_error = 0;
