#!/bin/sh
# Makes Ballast's roles and its database on a server that has neither; the official PostgreSQL image runs it once.
#
# ballast         owns the database and nothing else: it can make neither databases nor roles, and is no superuser
# ballast_tenant  owns nothing; in it run the transactions of people, so that row-level security holds for them
set -eu
password=$(cat "${DATABASE_PASSWORD_FILE:-/run/secrets/DATABASE_PASSWORD}")
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set password="$password" <<'SQL'
create role ballast login nosuperuser nocreatedb nocreaterole password :'password';
create role ballast_tenant nologin;
grant ballast_tenant to ballast;
create database ballast owner ballast template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke connect, temporary on database ballast from public;
SQL
