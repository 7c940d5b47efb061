#!/bin/sh
# Runs once, when the database is first made: the role that web, workers and clock use. It owns nothing; what it may
# do is granted by `kawal migrate --app-role kawal_app`.
set -eu
psql --set ON_ERROR_STOP=1 --set role="${KAWAL_APP_ROLE:-kawal_app}" --set password="$KAWAL_APP_PASSWORD" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
GRANT CONNECT ON DATABASE :"DBNAME" TO :"role";
GRANT USAGE ON SCHEMA public TO :"role";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
