"""The event log as the use cases see it, and what one append stores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.events import Recorded
from domain.streams import State, StreamType


class StaleVersion(Exception):
    """Somebody else appended to a stream that this decision had read: load again and decide again."""


class KeyAlreadyUsed(Exception):
    """The idempotency key was stored by another request in the meantime: answer what that one answered."""


class MessageSeen(Exception):
    """A message of this source and id is in the inbox already: it is a repeat and has no effect."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command with an idempotency key answered, kept in the command's own transaction."""

    principal: str
    key: str
    fingerprint: str
    status: int
    body: bytes
    position: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stream's state at a version, so that loading need not fold from the beginning."""

    stream_type: StreamType[Any]
    stream_id: UUID
    version: int
    state: State


class KnownStream(NamedTuple):
    """How much of a stream is known already: the version, 0 for nothing."""

    stream_type: StreamType[Any]
    stream_id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class CursorMoves:
    """Cursors of a feed that move: listing to (where it must stand, where it goes). Ticks up to it are decided."""

    feed: str
    moves: Mapping[UUID, tuple[datetime | None, datetime]]


@dataclass(frozen=True, slots=True)
class Message:
    """What a broker said, raw, as it came. Its id is unique within ``source``.

    ``portfolio_id`` is whose account it came for, where the source knows; ``note`` is for who reads it later.
    ``number`` is its place in the inbox, None for one that is not there yet, ``attempts`` how often it was tried.
    """

    source: str
    id: str
    body: bytes
    received_at: datetime
    portfolio_id: UUID | None = None
    note: str | None = None
    number: int | None = None
    attempts: int = 0
    position_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of a message in an attempt to book it: booked, or why not and when to try again (None: never)."""

    message: Message
    at: datetime
    position_id: UUID | None = None
    problem: str | None = None
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything one append stores: all of it or nothing.

    The events' ``number`` counts from 0 here; the log adds its own. ``guards`` are streams that were read but
    not written, with the version they must still have; a cursor, too, must stand where it was read.
    """

    events: Sequence[Recorded]
    states: Sequence[State]
    guards: Sequence[tuple[UUID, int]] = ()
    snapshots: Sequence[Snapshot] = ()
    receipt: Receipt | None = None
    cursors: CursorMoves | None = None
    settlements: Sequence[Settlement] = ()


class EventLog(Protocol):
    """The log of all events: streams by id, and one order over all of them."""

    def append(self, batch: Batch) -> int:
        """Store a batch in one transaction and answer the log's last number.

        Raises StaleVersion when a stream, a cursor or a waiting message has moved on, KeyAlreadyUsed when the
        receipt's key is taken, MessageSeen when a new message is in the inbox already.
        """

    def since(self, known: Sequence[KnownStream]) -> tuple[list[Snapshot], list[Recorded]]:
        """What is stored of streams after what is known of them: the events, in stream order.

        Of a stream of which nothing is known the latest snapshot of its shape too, if there is one, and then the events
        after that.
        """

    def receipt(self, principal: str, key: str) -> Receipt | None:
        """What was answered under this idempotency key."""

    def newest(self, stream_id: UUID, name: str) -> Recorded | None:
        """The newest event of a stored name in a stream."""

    def newest_of(self, stream_ids: Sequence[UUID], name: str) -> list[Recorded]:
        """The newest event of a stored name in each of these streams that has one."""

    def events_of(
        self, stream_id: UUID, names: Sequence[str], naming: str | None = None, after: int = 0
    ) -> list[Recorded]:
        """The events of these stored names in a stream, oldest first; only those that mention ``naming``, an id.

        Only those after a version of the stream.
        """

    def tail(self, known: Iterable[tuple[UUID, int]]) -> list[Recorded]:
        """The events of each stream after the version given, in stream order."""
