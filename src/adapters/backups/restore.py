"""Fills an empty database from a backup: whole, or not at all, and marked as restored before anybody may use it."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from adapters.backups.child import finish
from adapters.backups.connecting import option_and_environment
from adapters.backups.programs import Programs, programs_for
from adapters.postgres.migrate import MIGRATION_LOCK, RESTORING, migration
from application.ports import BackupFailed
from domain.refusals import Refusal

SECONDS_MAX = 6 * 60 * 60
MARK = "0047_restorations.sql"
OPTIONS = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-password")

# What a fresh database has is public, with nothing in it.
WHAT_IS_THERE = """
    select coalesce(
        (select 'the table ' || relname from pg_class where relnamespace in (select oid from own) order by oid limit 1),
        (select 'the function ' || proname from pg_proc where pronamespace in (select oid from own) limit 1),
        (select 'the schema ' || nspname from own where nspname <> 'public' limit 1))
    """
OWN = "with own as (select * from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')"
OTHERS = (
    "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    " and backend_type = 'client backend'"
)


class NotRestored(Refusal):
    """The database is not the backup's; nothing in it was changed. The text says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Restores into one database. ``programs`` answers which to use with a server of a version."""

    database_url: str
    programs: Callable[[int], Programs] = programs_for

    def __call__(self, file: Path, at: datetime) -> None:
        """Fill the database from a file that a backup run wrote.

        As long as this goes on, and when it is cut off, a schema of its own keeps every Ballast out; see
        `adapters.postgres.migrate`. Raises NotRestored.
        """
        if not file.is_file():
            raise NotRestored(f"There is no file {file}.")
        programs = self._claimed()
        try:
            where, also = option_and_environment(self.database_url)
            options = [*OPTIONS, where, str(file)]
            finish(programs.restore, options, output=subprocess.DEVNULL, also=also, seconds_max=SECONDS_MAX)
        except BackupFailed as error:
            self._give_up()
            raise NotRestored(f"Nothing was restored from {file}: {error}") from error
        self._mark(file, at)

    def _claimed(self) -> Programs:
        """See that there is nothing in the database and nobody else, and keep everybody out from now on."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute("select pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
            found = connection.execute(f"{OWN} {WHAT_IS_THERE}".encode()).fetchone()
            if found != (None,):
                there = found[0] if found else "something"
                raise NotRestored(
                    f"The database {connection.info.dbname} is not empty: there is {there} in it. Make an empty one."
                )
            if connection.execute(OTHERS).fetchone() != (0,):
                raise NotRestored(
                    f"Somebody else is connected to the database {connection.info.dbname}; stop that first."
                )
            connection.execute(SQL("create schema {}").format(Identifier(RESTORING)))
            try:
                return self.programs(connection.info.server_version // 10_000)
            except BackupFailed as error:
                connection.rollback()
                raise NotRestored(str(error)) from error

    def _give_up(self) -> None:
        with psycopg.connect(self.database_url) as connection:
            connection.execute(SQL("drop schema {}").format(Identifier(RESTORING)))

    def _mark(self, file: Path, at: datetime) -> None:
        """From one moment to the next: complete, read only, and nobody signed in.

        A sign-in that has ended since the backup must not come to life again. Tokens are people's own to keep.
        """
        with psycopg.connect(self.database_url) as connection:
            connection.execute(migration(MARK).encode())
            connection.execute(
                "insert into restorations (restored_at, file) values (%s, %s)", (at, file.name)
            )
            # A backup of an earlier Ballast has none yet.
            if connection.execute("select to_regclass('sign_ins')").fetchone() != (None,):
                connection.execute("delete from sign_ins")
            connection.execute(SQL("drop schema {}").format(Identifier(RESTORING)))
