"""Schema migrations: plain SQL files, applied once each in the order of their names."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from psycopg import Connection

from domain.policy import hash_of

MIGRATION_LOCK = 7_203_341_001  # any fixed number; every Ballast process uses this one
RESTORING = "ballast_restoring"
"""The schema that is there while a database is filled from a backup."""


class NewerSchema(Exception):
    """The database was written by a newer Ballast, which this one must not touch."""


class UnfinishedRestore(Exception):
    """The database is being filled from a backup, or that was cut off; what is in it is not to be used."""


class ChangedMigration(Exception):
    """A migration that was applied has since been edited; the database cannot be trusted to match it."""


def migrate(connection: Connection[dict[str, Any]]) -> list[str]:
    """Apply what is missing and answer its names; several processes may call this at once.

    Raises NewerSchema, ChangedMigration or UnfinishedRestore, having changed nothing.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        _require_whole(connection)
        connection.execute(
            "create table if not exists schema_migrations ("
            " name text primary key, checksum text not null, applied_at timestamptz not null default now())"
        )
        rows = connection.execute("select name, checksum from schema_migrations").fetchall()
        applied = {row["name"]: row["checksum"] for row in rows}
        known = dict(_migrations())
        _check(applied, known)
        missing = [name for name in known if name not in applied]
        for name in missing:
            connection.execute(known[name])
            connection.execute(
                "insert into schema_migrations (name, checksum) values (%s, %s)",
                (name, hash_of(known[name])),
            )
        return missing


def migration(name: str) -> str:
    """The text of one migration."""
    return (files("adapters.postgres") / "migrations" / name).read_text()


def _require_whole(connection: Connection[dict[str, Any]]) -> None:
    restoring = connection.execute("select from pg_namespace where nspname = %s", (RESTORING,)).fetchone()
    if restoring is not None:
        raise UnfinishedRestore(
            "This database is being restored, or that was cut off: then drop it, make an empty one and restore again."
        )


def _migrations() -> Iterable[tuple[str, str]]:
    folder = files("adapters.postgres") / "migrations"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql"):
            yield file.name, file.read_text()


def _check(applied: dict[str, str], known: dict[str, str]) -> None:
    unknown = sorted(set(applied) - set(known))
    if unknown:
        raise NewerSchema(
            f"The database was written by a newer Ballast ({unknown[-1]} is unknown here); update this one."
        )
    for name, checksum in applied.items():
        if checksum != hash_of(known[name]):
            raise ChangedMigration(f"Migration {name} has changed since it was applied; restore its text.")
