"""The role under which people's transactions run: it owns nothing, so that row-level security holds for it."""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import Connection, errors, sql

TENANT = "ballast_tenant"

LACKING = (
    f"There is no role {TENANT} that this database's user may take on, so that PostgreSQL does not keep people's rows"
    f" apart. Let an administrator run: create role {TENANT} nologin; grant {TENANT} to {{user}};"
)

GRANT_AGAIN = """
    select grant_to_tenants(c.oid::regclass, t.changes)
    from tenancy t join pg_class c on c.relname = t.table_name and c.relnamespace = 'public'::regnamespace
    where not has_table_privilege(%s, c.oid, 'select')"""


def make_role(connection: Connection[dict[str, Any]]) -> None:
    """Make the role if it is missing and this user may make it. Roles are the server's: others may make it as well."""
    if can_take_on(connection):
        return
    statements = (
        sql.SQL("create role {} nologin").format(sql.Identifier(TENANT)),
        sql.SQL("grant {} to current_user").format(sql.Identifier(TENANT)),
    )
    for statement in statements:
        with (
            suppress(
                errors.DuplicateObject,
                errors.UniqueViolation,
                errors.InsufficientPrivilege,
                errors.InternalError,
            ),
            connection.transaction(),
        ):
            connection.execute(statement)


def grant_again(connection: Connection[dict[str, Any]]) -> None:
    """Grant what a role lacks that was made, or whose database was restored, after the tables were there."""
    if has_role(connection):
        connection.execute(GRANT_AGAIN, (TENANT,))


def has_role(connection: Connection[Any]) -> bool:
    """Whether the server has the role."""
    return connection.execute("select from pg_roles where rolname = %s", (TENANT,)).fetchone() is not None


def can_take_on(connection: Connection[Any]) -> bool:
    """Whether this user may enter the role. Tried, since what a membership allows differs between versions."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(TENANT)))
    except (errors.InvalidParameterValue, errors.InsufficientPrivilege):
        return False
    return True


def lacking(connection: psycopg.Connection[Any]) -> str | None:
    """What an administrator has to do before people are kept apart by the database too; None when they are."""
    if can_take_on(connection):
        return None
    return LACKING.format(user=connection.info.user)
