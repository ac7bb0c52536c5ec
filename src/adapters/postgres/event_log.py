"""The event log on PostgreSQL: append, load, read on (ARCHITECTURE "Events and the store")."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

import msgspec
import psycopg
from psycopg import Connection, errors

from adapters.postgres.mapper import EventMapper, read_state, write_state
from adapters.postgres.pool import Pool
from adapters.postgres.recorder import Recorder
from adapters.postgres.settlements import is_settled, messages_json
from application.ports import (
    Batch,
    CursorMoves,
    KeyAlreadyUsed,
    KnownStream,
    MessageSeen,
    Receipt,
    Settlement,
    Snapshot,
    StaleVersion,
)
from domain.events import Recorded
from domain.refusals import Contradiction
from domain.streams import State, StreamType

STALE = "BL001"
NEWEST = 2**62
SETTLE_ATTEMPTS = 3
END_MILLISECONDS = 5_000

TAIL = """
    select e.* from unnest(%s::uuid[], %s::bigint[]) as known (id, version)
    join stored_events e on e.originator_id = known.id and e.originator_version > known.version
    order by e.originator_id, e.originator_version"""

# Snapshots are the rows without a number.
SINCE = """
    with known as (
        select wanted.id, coalesce(s.originator_version, wanted.version) as version, wanted.shape, s.state
        from unnest(%(ids)s::uuid[], %(versions)s::bigint[], %(shapes)s::text[]) as wanted (id, version, shape)
        left join lateral (
            select originator_version, state from snapshots
            where wanted.version = 0 and originator_id = wanted.id and topic = wanted.shape
            order by originator_version desc limit 1) s on true)
    select id as originator_id, version as originator_version, shape as topic, state, null as notification_id
    from known where state is not null
    union all
    select e.originator_id, e.originator_version, e.topic, e.state, e.notification_id
    from known join stored_events e on e.originator_id = known.id and e.originator_version > known.version
    order by originator_id, originator_version"""

NEWEST_OF = """
    select e.* from unnest(%s::uuid[]) as wanted (id) cross join lateral (
        select * from stored_events where originator_id = wanted.id and topic = %s
        order by originator_version desc limit 1) e"""


class InlineRows(Protocol):
    """Turns an append's events into the rows of the inline read models, as JSON by table name."""

    def rows(self, events: Sequence[Recorded], states: Sequence[State]) -> bytes: ...


class PostgresEventLog:
    """The application's EventLog. Everything an append stores is stored by one server-side function.

    A person reads the streams that they may see. What was decided on these is appended by the house.
    """

    def __init__(self, pool: Pool, house: Pool, inline: InlineRows) -> None:
        self._pool = pool
        self._house = house
        self._inline = inline
        self._mapper = EventMapper()
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
                receipt=_receipt_json(batch.receipt),
                messages=messages_json(batch.settlements),
                **_cursor_arguments(batch.cursors),
            )
            return numbers.stop - 1
        except errors.UniqueViolation as error:
            raise _conflict(error) from error
        except psycopg.DatabaseError as error:
            if error.sqlstate == STALE:
                raise StaleVersion from error
            raise

    def since(self, known: Sequence[KnownStream]) -> tuple[list[Snapshot], list[Recorded]]:
        """See application.ports.EventLog."""
        if not known:
            return [], []
        types = {each.stream_id: each.stream_type for each in known}
        parameters = {
            "ids": [each.stream_id for each in known],
            "versions": [each.version for each in known],
            "shapes": [each.stream_type.snapshot_name for each in known],
        }
        with self._pool.connection() as connection:
            rows = connection.execute(SINCE, parameters).fetchall()
        begun = [_snapshot(types, row) for row in rows if row["notification_id"] is None]
        return begun, [self._mapper.recorded_in(row) for row in rows if row["notification_id"] is not None]

    def newest(self, stream_id: UUID, name: str) -> Recorded | None:
        """The newest event of a stored name in a stream."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from stored_events where originator_id = %s and topic = %s"
                " order by originator_version desc limit 1",
                (stream_id, name),
            ).fetchone()
        return self._mapper.recorded_in(row) if row else None

    def newest_of(self, stream_ids: Sequence[UUID], name: str) -> list[Recorded]:
        """The newest event of a stored name in each of these streams that has one."""
        with self._pool.connection() as connection:
            rows = connection.execute(NEWEST_OF, (list(stream_ids), name)).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def events_of(
        self, stream_id: UUID, names: Sequence[str], naming: str | None = None, after: int = 0
    ) -> list[Recorded]:
        """See application.ports.EventLog. Looking for bytes is much quicker than reading every event."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from stored_events where originator_id = %(stream)s and originator_version > %(after)s"
                " and topic = any(%(names)s)"
                " and (%(naming)b::bytea is null or position(%(naming)b::bytea in state) > 0)"
                " order by originator_version",
                {
                    "stream": stream_id,
                    "after": after,
                    "names": list(names),
                    "naming": None if naming is None else naming.encode(),
                },
            ).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def tail(self, known: Iterable[tuple[UUID, int]]) -> list[Recorded]:
        """Events after the versions known, stream by stream."""
        ids, versions = zip(*known, strict=True)
        with self._pool.connection() as connection:
            rows = connection.execute(TAIL, (list(ids), list(versions))).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def read(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        limit: int,
        up_to: int = NEWEST,
        topics: Sequence[str] | None = None,
    ) -> list[Recorded]:
        """A page of the whole log in its order, or of some kinds of event only."""
        rows = connection.execute(
            "select * from stored_events where notification_id > %(after)s and notification_id <= %(up_to)s"
            " and (%(topics)s::text[] is null or topic = any(%(topics)s)) order by notification_id limit %(limit)s",
            {"after": after, "up_to": up_to, "limit": limit, "topics": topics},
        ).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
        page_size: int = 2_000,
    ) -> Iterator[Recorded]:
        """The log from one number to another, page by page in flat memory."""
        while page := self.read(connection, after, page_size, up_to, topics):
            yield from page
            after = page[-1].number

    def last_number(self, connection: Connection[dict[str, Any]]) -> int:
        """The number of the newest event that this connection sees, 0 for an empty log."""
        row = connection.execute(
            "select coalesce(max(notification_id), 0) as n from stored_events"
        ).fetchone()
        return int(row["n"]) if row else 0

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


def _snapshot(types: Mapping[UUID, StreamType[Any]], row: Mapping[str, Any]) -> Snapshot:
    stream_id = row["originator_id"]
    stream_type = types[stream_id]
    return Snapshot(stream_type, stream_id, row["originator_version"], read_state(stream_type, row["state"]))


def _cursor_arguments(cursors: CursorMoves | None) -> dict[str, Any]:
    if cursors is None:
        return {}
    ordered = sorted(cursors.moves)
    return {
        "cursor_feed": cursors.feed,
        "cursor_listings": ordered,
        "cursors_from": [cursors.moves[listing_id][0] for listing_id in ordered],
        "cursors_to": [cursors.moves[listing_id][1] for listing_id in ordered],
    }


def _receipt_json(receipt: Receipt | None) -> str | None:
    if receipt is None:
        return None
    return msgspec.json.encode(
        {
            "principal": receipt.principal,
            "key": receipt.key,
            "fingerprint": receipt.fingerprint,
            "status": receipt.status,
            "body": receipt.body.decode(),
        }
    ).decode()


def _conflict(error: errors.UniqueViolation) -> Exception:
    match error.diag.constraint_name:
        case "stored_events_pkey":
            return StaleVersion()
        case "receipts_pkey":
            return KeyAlreadyUsed()
        case "inbox_source_id_key":
            return MessageSeen()
        case constraint if constraint and constraint.startswith(("instruments_", "listings_", "orders_")):
            return StaleVersion()  # somebody registered, or decided, the same just before: look again
        case constraint:
            return Contradiction(f"This contradicts something that is stored already ({constraint}).")
