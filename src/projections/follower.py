"""A follower of the log: it hands every event, in order, once, to a handler, and remembers how far it came.

The handler's writes and the follower's position are one transaction. One process leads per follower, by an
advisory lock; it listens before it looks, so that no wake-up can fall between, and looks every second anyway.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Protocol, TypeVar

import psycopg
import structlog
from psycopg import Connection
from psycopg.rows import dict_row

log = structlog.get_logger()

EVENTS_CHANNEL = "ballast_events"
FOLLOWED_CHANNEL = "ballast_followed"
BATCH_EVENTS_MAX = 500
LOOK_AGAIN_SECONDS = 1.0
RETRY_SECONDS = 0.5


class Numbered(Protocol):
    """An event, read or as it is stored; ``number`` is its place in the log."""

    @property
    def number(self) -> int: ...


E_co = TypeVar("E_co", bound=Numbered, covariant=True)
E_contra = TypeVar("E_contra", bound=Numbered, contravariant=True)
E = TypeVar("E", bound=Numbered)


class Log(Protocol[E_co]):
    """What a follower needs of the event log."""

    def read(self, connection: Connection[dict[str, Any]], after: int, limit: int) -> Sequence[E_co]: ...


class Handler(Protocol[E_contra]):
    """What a follower does with events. It may be shown the same events again after a failure."""

    name: str

    def handle(self, connection: Connection[dict[str, Any]], events: Sequence[E_contra]) -> None:
        """Take a batch in, within the transaction that moves the follower's position."""

    def idle(self) -> None:
        """Called about once a second, for what no event announces."""


class Follower(Generic[E]):
    """Runs one handler until it is told to stop. Losing the database is waited out, never fatal."""

    def __init__(self, database_url: str, events: Log[E], handler: Handler[E]) -> None:
        self._database_url = database_url
        self._events = events
        self._handler = handler
        self._stopping = threading.Event()
        self.number = 0

    @property
    def name(self) -> str:
        """The handler's name, under which the position is kept."""
        return self._handler.name

    def stop(self) -> None:
        """Ask the follower to end after its current batch; takes at most a second."""
        self._stopping.set()

    def run(self) -> None:
        """Follow until stopped."""
        while not self._stopping.is_set():
            try:
                with self._leading() as connection:
                    self._follow(connection)
            except psycopg.OperationalError as error:
                log.warning("follower.database_lost", follower=self._handler.name, error=str(error).strip())
                self._stopping.wait(RETRY_SECONDS)
            except Exception:  # a process edge: whatever is wrong may be mended while it tries again
                log.exception("follower.failed", follower=self._handler.name)
                self._stopping.wait(RETRY_SECONDS)

    def catch_up(self, connection: Connection[dict[str, Any]]) -> int:
        """Handle everything there is now, and answer how many events that was."""
        handled = 0
        while count := self._batch(connection):
            handled += count
        return handled

    @contextmanager
    def _leading(self) -> Iterator[Connection[dict[str, Any]]]:
        """A connection of our own that listens and holds the leader's lock; closing it gives the lock up."""
        with psycopg.connect(self._database_url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute(f"listen {EVENTS_CHANNEL}")
            while not self._stopping.is_set():
                row = connection.execute(
                    "select pg_try_advisory_lock(hashtextextended(%s, 0)) as leads", (self._handler.name,)
                ).fetchone()
                if row and row["leads"]:
                    break
                self._stopping.wait(LOOK_AGAIN_SECONDS)
            yield connection

    def _follow(self, connection: Connection[dict[str, Any]]) -> None:
        idle_at = time.monotonic() + LOOK_AGAIN_SECONDS
        while not self._stopping.is_set():
            self.catch_up(connection)
            wait_seconds = max(0.0, idle_at - time.monotonic())
            for _ in connection.notifies(timeout=wait_seconds, stop_after=1):
                break
            if time.monotonic() >= idle_at:
                self._handler.idle()
                idle_at = time.monotonic() + LOOK_AGAIN_SECONDS

    def _batch(self, connection: Connection[dict[str, Any]]) -> int:
        with connection.transaction():
            number = self._position(connection)
            events = self._events.read(connection, number, BATCH_EVENTS_MAX)
            if events:
                self._handler.handle(connection, events)
                number = events[-1].number
                connection.execute(
                    "update followers set number = %s where name = %s", (number, self._handler.name)
                )
                connection.execute(
                    "select pg_notify(%s, %s)", (FOLLOWED_CHANNEL, f"{self._handler.name} {number}")
                )
        self.number = number
        return len(events)

    def _position(self, connection: Connection[dict[str, Any]]) -> int:
        """How far the handler has come; the row stays locked, so that a rebuild cannot come in between."""
        name = (self._handler.name,)
        row = connection.execute("select number from followers where name = %s for update", name).fetchone()
        if row is None:
            row = connection.execute(
                "insert into followers as f (name, number) values (%s, 0)"
                " on conflict (name) do update set number = f.number returning number",
                name,
            ).fetchone()
        return int(row["number"]) if row else 0
