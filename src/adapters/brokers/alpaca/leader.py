"""One reader per account over all processes: whoever holds the account's advisory lock in PostgreSQL."""

import threading
from collections.abc import Callable
from typing import Protocol

import psycopg
import structlog

log = structlog.get_logger()

LOOK_AGAIN_SECONDS = 1.0
STOP_SECONDS_MAX = 2.0
APPLICATION_NAME_MAX = 63


class Reader(Protocol):
    """What only one process may do at a time."""

    def run(self) -> None:
        """Read until stopped."""

    def stop(self) -> None:
        """End, from another thread."""


class Leader:
    """Runs a reader for as long as it holds the lock of a name. Losing the database stops it, until it is back.

    ``reading`` says whether this is the one.
    """

    def __init__(self, database_url: str, name: str, make_reader: Callable[[], Reader]) -> None:
        self._database_url = database_url
        self._name = name
        self._lock = f"reader|{name}"
        self._make_reader = make_reader
        self._stopping = threading.Event()
        self.reading = False

    def run(self) -> None:
        """Lead whenever nobody else does, until stopped."""
        while not self._stopping.is_set():
            try:
                with self._connect() as connection:
                    while not self._stopping.is_set():
                        if self._leads(connection):
                            self._read(connection)
                        self._stopping.wait(LOOK_AGAIN_SECONDS)
            except psycopg.OperationalError as error:
                log.warning("leader.database_lost", name=self._name, error=str(error).strip())
                self._stopping.wait(LOOK_AGAIN_SECONDS)
            except Exception:  # a process edge: whatever is wrong may be mended while it tries again
                log.exception("leader.failed", name=self._name)
                self._stopping.wait(LOOK_AGAIN_SECONDS)

    def stop(self) -> None:
        """Ask it to end; takes about as long as its reader takes."""
        self._stopping.set()

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        application_name = self._lock[:APPLICATION_NAME_MAX]
        return psycopg.connect(
            self._database_url, autocommit=True, connect_timeout=5, application_name=application_name
        )

    def _leads(self, connection: psycopg.Connection[tuple[object, ...]]) -> bool:
        row = connection.execute(
            "select pg_try_advisory_lock(hashtextextended(%s, 0))", (self._lock,)
        ).fetchone()
        return bool(row and row[0])

    def _read(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        """Run the reader in a thread of its own while the lock is held, and see to it that it still is."""
        reader = self._make_reader()
        thread = threading.Thread(target=reader.run, name=self._name, daemon=True)
        thread.start()
        self.reading = True
        try:
            while thread.is_alive() and not self._stopping.wait(LOOK_AGAIN_SECONDS):
                connection.execute("select")
        finally:
            reader.stop()
            thread.join(STOP_SECONDS_MAX)
            self.reading = False
            connection.close()  # gives up the lock
