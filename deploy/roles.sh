#!/bin/sh
# Run once by the database's image on an empty volume: the two roles and the database.
# The owner migrates; the application owns no table, so it cannot rewrite what the trail keeps.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set=owner_password="$OWNER_PASSWORD" --set=app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE oversight_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE oversight_app LOGIN PASSWORD :'app_password';
CREATE DATABASE oversight OWNER oversight_owner;
REVOKE CONNECT ON DATABASE oversight FROM PUBLIC;
GRANT CONNECT ON DATABASE oversight TO oversight_app;
GRANT oversight_app TO oversight_owner; -- so that the owner may end its connections
SQL
