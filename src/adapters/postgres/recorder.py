"""The library's recorders over our own connections and our own append function."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg import Connection

from adapters.postgres.pool import Pool

APPEND = """select append_events(
    %(ids)s::uuid[], %(versions)s::bigint[], %(topics)s::text[], %(states)b::bytea[],
    %(guard_ids)s::uuid[], %(guard_versions)s::bigint[], %(rows)s::jsonb,
    %(snapshot_ids)s::uuid[], %(snapshot_versions)s::bigint[], %(snapshot_topics)s::text[],
    %(snapshot_states)b::bytea[], %(receipt)s::jsonb,
    %(cursor_feed)s::text, %(cursor_listings)s::uuid[], %(cursors_from)s::timestamptz[],
    %(cursors_to)s::timestamptz[], %(messages)s::jsonb) as number"""


class Datastore(PostgresDatastore):
    """The library's datastore, drawing its connections from our pool instead of one of its own."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(dbname="", host="", port="", user="", password="")
        self._own_pool = pool

    @contextmanager
    def get_connection(self) -> Iterator[Connection[dict[str, Any]]]:
        """A connection of our pool."""
        with self._own_pool.connection() as connection:
            yield connection

    def register_type_adapters(self) -> None:
        """Nothing to register: events go in as parallel arrays, not as the library's composite type."""


class Recorder(PostgresApplicationRecorder):
    """The library's recorder whose inserts go through ``append_events``, the only writer of the log."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(Datastore(pool), events_table_name="stored_events")

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        connection: Connection[dict[str, Any]] | None = None,
        **also: object,
    ) -> range:
        """Append in one round trip and answer the events' numbers; the range ends after the log's last one.

        Within the transaction of ``connection``, else in one of its own. ``also`` may name any other argument
        of the function: guards, rows of read models, snapshots, a receipt, cursors, messages. The
        database's errors pass through as they are.
        """
        if connection is None:
            with self.datastore.get_connection() as own:
                return self.insert_events(stored_events, connection=own, **also)
        parameters = {
            "ids": [each.originator_id for each in stored_events],
            "versions": [each.originator_version for each in stored_events],
            "topics": [each.topic for each in stored_events],
            "states": [each.state for each in stored_events],
        }
        row = connection.execute(APPEND, {**NOTHING_ELSE, **parameters, **also}).fetchone()
        last: int = row["number"] if row else 0
        return range(last - len(stored_events) + 1, last + 1)


NOTHING_ELSE: Mapping[str, Any] = {
    "guard_ids": [],
    "guard_versions": [],
    "rows": "{}",
    "snapshot_ids": [],
    "snapshot_versions": [],
    "snapshot_topics": [],
    "snapshot_states": [],
    "receipt": None,
    "cursor_feed": None,
    "cursor_listings": [],
    "cursors_from": [],
    "cursors_to": [],
    "messages": None,
}
