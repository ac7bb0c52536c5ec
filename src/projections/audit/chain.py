"""The chain's own follower: it hashes every event once, a moment after it was stored. Nothing rebuilds it."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection
from psycopg.rows import args_row, scalar_row

from domain.audit.chain import GENESIS, End, Stored, link

CHAIN = "audit_chain"


class StoredEvents:
    """The log as it lies there, unread: what a follower of bytes follows."""

    def read(self, connection: Connection[dict[str, Any]], after: int, limit: int) -> list[Stored]:
        """A page of the log in its order."""
        with connection.cursor(binary=True, row_factory=args_row(Stored)) as cursor:
            cursor.execute(
                "select notification_id, originator_id, originator_version, topic, state from stored_events"
                " where notification_id > %s order by notification_id limit %s",
                (after, limit),
            )
            return cursor.fetchall()


class ChainEvents:
    """The handler: a batch of events becomes as many hashes."""

    name = CHAIN

    def handle(self, connection: Connection[dict[str, Any]], events: Sequence[Stored]) -> None:
        """Go on from the chain's end."""
        previous = hash_at(connection, events[0].number - 1) or GENESIS
        with (
            connection.cursor() as cursor,
            cursor.copy(f"copy {CHAIN} (number, hash) from stdin (format binary)") as copy,
        ):
            copy.set_types(["int8", "bytea"])
            for stored in events:
                previous = link(previous, stored)
                copy.write_row((stored.number, previous))

    def idle(self) -> None:
        """Nothing to do between events."""


def chain_end(connection: Connection[dict[str, Any]]) -> End | None:
    """How far the chain goes, None before the first event."""
    with connection.cursor(row_factory=args_row(End)) as cursor:
        cursor.execute(f"select number, hash from {CHAIN} order by number desc limit 1")
        return cursor.fetchone()


def hash_at(connection: Connection[dict[str, Any]], number: int) -> bytes | None:
    """An event's hash in the chain, None where it has none."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(f"select hash from {CHAIN} where number = %s", (number,))
        return cursor.fetchone()
