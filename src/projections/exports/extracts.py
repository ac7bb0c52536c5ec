"""Rows of an export as they stood at one moment: one transaction, from which each file is streamed by ``COPY``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import psycopg
from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.audit.chain import End
from domain.exports.extract import Extract, Sheet
from domain.exports.wanted import Form
from domain.refusals import Conflict
from domain.runs.state import Run
from projections.audit.chain import hash_at
from projections.exports.source import Source
from projections.exports.sources import SOURCES
from projections.rebuild import REBUILD_LOCK
from projections.timeline import READ_MODEL as TIMELINE

Parameters = dict[str, Any]

STREAMED = "set local enable_sort = off; set local max_parallel_workers_per_gather = 0"
PLANNED = "set local enable_sort to default; set local max_parallel_workers_per_gather to default"
"""A sort would write all of a large log to the server's disk before the first row comes."""

MOST = 4
"""Where a file holds this part of the log or more, the log is read from its beginning instead of being sorted."""


class Extracts:
    """The application's Extracts. ``follow`` brings the chain and the timeline up to the log's end."""

    def __init__(
        self,
        pool: ConnectionPool[Connection[dict[str, Any]]],
        follow: Callable[[Connection[dict[str, Any]]], object],
    ) -> None:
        self._pool = pool
        self._follow = follow

    @contextmanager
    def of(self, run: Run) -> Iterator[Extract]:
        """See application.ports.exports.Extracts.

        It ends with the event that asked for it, so that a second attempt tells the same. Raises Conflict where the
        timeline has stopped for one of the portfolios.
        """
        with self._pool.connection() as connection, _no_rebuild(connection):
            self._follow(connection)
            with connection.transaction():
                connection.execute("set transaction isolation level repeatable read read only")
                yield _extract(connection, run)


@contextmanager
def _no_rebuild(connection: Connection[dict[str, Any]]) -> Iterator[None]:
    """While no read model is rebuilt: its swap would wait for the last row with the whole log waiting behind it."""
    with connection.transaction():
        connection.execute("set local lock_timeout = 0")  # a rebuild takes its time
        connection.execute("select pg_advisory_lock_shared(%s)", (REBUILD_LOCK,))
    try:
        yield
    finally:
        # A connection that broke in the meantime has given up its locks by that.
        with suppress(psycopg.OperationalError):
            connection.execute("select pg_advisory_unlock_shared(%s)", (REBUILD_LOCK,))


def _extract(connection: Connection[dict[str, Any]], run: Run) -> Extract:
    if run.export is None or run.owner is None:
        raise ValueError(f"run {run.id} is no export")
    asked = connection.execute("select event_number from exports where run_id = %s", (run.id,)).fetchone()
    end = _end(connection, asked["event_number"] if asked else 0)
    parameters: Parameters = {
        "member": run.owner,
        "portfolio": run.portfolio_id,
        "since": run.export.since,
        "until": run.export.until,
        "up_to": end.number,
    }
    _require_whole(connection, parameters)
    sheets = [
        _sheet(connection, source, run.export.form, parameters, end) for source in SOURCES[run.export.what]
    ]
    whole_log = run.export.what == "events" and sheets[0].count == end.number
    return Extract(sheets, end, whole_log)


def _end(connection: Connection[dict[str, Any]], number: int) -> End:
    found = hash_at(connection, number)
    if found is None:
        raise Conflict(f"The audit chain has no hash of event {number}; `ballast verify` says what is wrong.")
    return End(number, found)


def _require_whole(connection: Connection[dict[str, Any]], parameters: Parameters) -> None:
    """Where the timeline stopped for a portfolio, it would be missing here without a word."""
    parked = connection.execute(
        "select number from parked where follower = %(timeline)s and (portfolio = '' or portfolio in ("
        "   select portfolio_id::text from portfolio_members where member = %(member)s and present)) limit 1",
        parameters | {"timeline": TIMELINE.name},
    ).fetchone()
    if parked is not None:
        raise Conflict(
            f"The timeline has stopped before event {parked['number']}; `ballast doctor` says why."
        )


def _sheet(
    connection: Connection[dict[str, Any]], source: Source, form: Form, parameters: Parameters, end: End
) -> Sheet:
    counted = connection.execute(source.count(), parameters).fetchone()
    columns = tuple(column for column, _ in source.columns)
    count = counted["rows"] if counted else 0
    plan = STREAMED if source.in_log_order and count * MOST >= end.number else PLANNED
    rows = partial(_rows, connection, source.copy(form), parameters, plan)
    return Sheet(source.name, columns, count, rows)


@contextmanager
def _rows(
    connection: Connection[dict[str, Any]], command: str, parameters: Parameters, plan: str
) -> Iterator[Iterator[bytes]]:
    """The server sends a message for each row, and none before it is asked for."""
    connection.execute(plan)
    with (
        connection.cursor() as cursor,
        cursor.copy(command, parameters) as copy,
    ):
        yield (bytes(row) for row in copy)
