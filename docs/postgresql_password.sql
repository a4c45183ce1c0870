-- For compose.yaml, after postgresql.sql, with psql: the password in the secret file becomes the bot's. The superuser
-- keeps none, and is reached only from inside: docker compose exec database psql -U postgres
\set password `cat /run/secrets/database_password`
ALTER ROLE pana PASSWORD :'password';
ALTER ROLE postgres PASSWORD NULL;
