"""The event log on PostgreSQL: what is appended is stored once, or not at all."""

from collections.abc import Sequence
from typing import Any, Protocol

import psycopg
from psycopg import Connection, errors

from adapters.postgres.append_arguments import conflict_in, cursor_arguments, receipt_json
from adapters.postgres.mapper import EventMapper, write_state
from adapters.postgres.pool import Pool
from adapters.postgres.recorder import Recorder
from adapters.postgres.settlements import is_settled, messages_json
from adapters.postgres.stored_events import StoredEvents
from application.ports import Batch, Receipt, Settlement, StaleVersion
from domain.events import Recorded
from domain.streams import State

STALE = "BL001"
SETTLE_ATTEMPTS = 3
END_MILLISECONDS = 5_000


class InlineRows(Protocol):
    """Turns an append's events into the rows of the inline read models, as JSON by table name."""

    def rows(self, events: Sequence[Recorded], states: Sequence[State]) -> bytes: ...


class PostgresEventLog(StoredEvents):
    """The application's EventLog. Everything an append stores is stored by one server-side function.

    A person reads the streams that they may see. What was decided on these is appended by the house.
    """

    def __init__(self, pool: Pool, house: Pool, inline: InlineRows) -> None:
        super().__init__(pool, EventMapper())
        self._house = house
        self._inline = inline
        self._recorder = Recorder(house)

    def append(self, batch: Batch) -> int:
        """See application.ports.EventLog. An append whose outcome the connection lost is settled by looking."""
        with self._house.connection() as connection:
            server_process = connection.info.backend_pid
            try:
                return self.append_within(connection, batch)
            except psycopg.OperationalError as error:
                if not connection.broken:
                    raise  # the server said no, so nothing was committed
                lost = error
        number = self._settle(batch, server_process)
        if number is None:
            raise lost
        return number

    def append_within(self, connection: Connection[dict[str, Any]], batch: Batch) -> int:
        """Append as part of a transaction that somebody else commits."""
        stored = [self._mapper.to_stored_event(each) for each in batch.events]
        try:
            numbers = self._recorder.insert_events(
                stored,
                connection=connection,
                rows=self._inline.rows(batch.events, batch.states).decode(),
                guard_ids=[stream_id for stream_id, _ in batch.guards],
                guard_versions=[version for _, version in batch.guards],
                snapshot_ids=[each.stream_id for each in batch.snapshots],
                snapshot_versions=[each.version for each in batch.snapshots],
                snapshot_topics=[each.stream_type.snapshot_name for each in batch.snapshots],
                snapshot_states=[write_state(each.state) for each in batch.snapshots],
                receipt=receipt_json(batch.receipt),
                messages=messages_json(batch.settlements),
                **cursor_arguments(batch.cursors),
            )
            return numbers.stop - 1
        except errors.UniqueViolation as error:
            raise conflict_in(error) from error
        except psycopg.DatabaseError as error:
            if error.sqlstate == STALE:
                raise StaleVersion from error
            raise

    def receipt(self, principal: str, key: str) -> Receipt | None:
        """What was answered under this idempotency key."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select fingerprint, status, body, position from receipts where principal = %s and key = %s",
                (principal, key),
            ).fetchone()
        if row is None:
            return None
        return Receipt(
            principal, key, row["fingerprint"], row["status"], row["body"].encode(), row["position"]
        )

    def _end_server_process(self, process_id: int) -> None:
        """See to it that the server process of a lost connection is gone: what it did is done, it does no more.

        It may not even have begun with what it was asked. Raises OperationalError when it does not end.
        """
        with self._house.connection() as connection:
            ours = "from pg_stat_activity where pid = %s and usename = current_user"
            connection.execute(f"select pg_terminate_backend(pid, {END_MILLISECONDS}) {ours}", (process_id,))
            if connection.execute(f"select {ours}", (process_id,)).fetchone() is not None:
                raise psycopg.OperationalError(f"server process {process_id} does not end")

    def _settle(self, batch: Batch, server_process: int) -> int | None:
        """The number of a batch's last event if it was committed after all, None if it was not."""
        if not batch.events:
            self._end_server_process(server_process)
            if batch.settlements:
                return self._number_if_settled(batch.settlements[-1])
            kept = batch.receipt and self.receipt(batch.receipt.principal, batch.receipt.key)
            return kept.position if kept else None
        wanted = batch.events[-1]
        for attempt in range(SETTLE_ATTEMPTS):
            try:
                self._end_server_process(server_process)
                for found in self.tail([(wanted.stream_id, wanted.version - 1)]):
                    if found.version == wanted.version:
                        return found.number if found.metadata.id == wanted.metadata.id else None
                return None
            except psycopg.OperationalError:
                if attempt == SETTLE_ATTEMPTS - 1:
                    raise
        return None

    def _number_if_settled(self, settlement: Settlement) -> int | None:
        """The log's last number if this settlement of a message is in the inbox, for a batch without events."""
        with self._house.connection() as connection:
            if not is_settled(connection, settlement):
                return None
            return self.last_number(connection)
