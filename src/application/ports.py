"""What the use cases need from outside, in their own words. The adapters satisfy these structurally."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from domain.actions import Announced, Due
from domain.bands import BandChange
from domain.events import Recorded
from domain.quote import Quote
from domain.sessions import Session
from domain.streams import State, StreamType

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


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

    def snapshot(self, stream_type: StreamType[Any], stream_id: UUID) -> tuple[int, State] | None:
        """The latest snapshot of this shape, if there is one."""

    def receipt(self, principal: str, key: str) -> Receipt | None:
        """What was answered under this idempotency key."""

    def newest(self, stream_id: UUID, name: str) -> Recorded | None:
        """The newest event of a stored name in a stream."""

    def newest_of(self, stream_ids: Sequence[UUID], name: str) -> list[Recorded]:
        """The newest event of a stored name in each of these streams that has one."""

    def events_of(self, stream_id: UUID, names: Sequence[str]) -> list[Recorded]:
        """The events of these stored names in a stream, oldest first."""

    def tail(self, known: Iterable[tuple[UUID, int]]) -> list[Recorded]:
        """The events of each stream after the version given, in stream order."""


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A price of a listing in its quote unit, as it came."""

    listing_id: UUID
    as_of: datetime
    last: Decimal | None
    bid: Decimal | None
    ask: Decimal | None
    is_close: bool
    source: str

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """Every price of it that a decision may take: the last trade, then the middle of bid and ask."""
        last = () if self.last is None else (self.last,)
        return last if self.bid is None or self.ask is None else (*last, (self.bid + self.ask) / 2)

    @property
    def value(self) -> Decimal | None:
        """The one number the gate judges: last, else the middle of bid and ask."""
        return self.prices[0] if self.prices else None

    @property
    def quote(self) -> Quote:
        """The price as the rule reads it."""
        return Quote(last=self.last, bid=self.bid, ask=self.ask, as_of=self.as_of)


class Intake(Protocol):
    """Prices on their way in, in one transaction: the last good ones are locked until it ends."""

    latest: Mapping[UUID, PricePoint]

    def before(self, points: Sequence[PricePoint]) -> Mapping[PricePoint, PricePoint]:
        """For each of these prices that has one, the last good one before it."""

    def store(
        self,
        good: Sequence[PricePoint],
        quarantined: Sequence[tuple[PricePoint, str]],
        newest: Sequence[PricePoint],
    ) -> set[PricePoint]:
        """Store what is not there yet and answer it; of that, ``newest`` become the latest prices."""

    def append(self, batch: Batch) -> int:
        """Append events within this transaction; see EventLog.append."""


@dataclass(frozen=True, slots=True)
class UndecidedTicks:
    """Good prices of some listings after their cursors, oldest first, and where each cursor stands (None: never)."""

    ticks: Sequence[PricePoint]
    cursors: Mapping[UUID, datetime | None]
    log_number: int
    """The log's last number when this was read."""


class Prices(Protocol):
    """Prices as they came, and how far they have been decided upon."""

    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> AbstractContextManager[Intake]:
        """Begin to store prices; everything is committed when the block ends well."""

    def undecided_ticks(self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool) -> UndecidedTicks:
        """What waits for a decision: every good price after the cursors.

        ``newest_only`` leaves the newest of each listing, and the newest close when that is older.
        """

    def advance(self, moves: CursorMoves) -> None:
        """Move cursors on when nothing is appended; one that has moved further already stays there."""

    def latest(self, feed: str, listing_id: UUID) -> PricePoint | None:
        """The newest good price of a listing."""

    def latest_of(self, feed: str, listing_ids: Sequence[UUID]) -> Mapping[UUID, PricePoint]:
        """The newest good price of each of these listings that has one."""

    def last_before(self, feed: str, listing_id: UUID, moment: datetime) -> PricePoint | None:
        """The newest good price of a listing from before a moment."""

    def cursor(self, feed: str, listing_id: UUID) -> datetime | None:
        """The moment up to which a listing has been decided on a feed."""

    def undecided(self, feed: str) -> list[UUID]:
        """Listings whose newest good price lies after their cursor."""


class Bands(Protocol):
    """Where the bands of positions lie."""

    def since(self, number: int) -> tuple[int, list[BandChange]]:
        """Positions that events after ``number`` changed, and the log's number for which that is the truth."""


class Actions(Protocol):
    """Corporate actions as announced, and who waits for them."""

    def since(self, number: int) -> tuple[int, list[Announced]]:
        """What events after ``number`` announced, and the log's number for which that is all."""

    def unsettled(self, feed: str, due: Due) -> list[UUID]:
        """The open positions of a feed that an action concerns and that have not settled this of it."""


class Sessions(Protocol):
    """When exchanges trade. Days are dates at the venue, instants are answered in UTC.

    Every answer may be missing: UnknownExchange, or BeyondCalendar where the exchange's calendar ends.
    """

    def session_at(self, exchange: str, at: datetime) -> Session:
        """The trading day an instant belongs to, and whether the venue is open."""

    def open_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session opens; None when the day is no session."""

    def close_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session closes, half days included; None when the day is no session."""

    def first_open_on_or_after(self, exchange: str, day: date) -> datetime:
        """The open of that day's session or of the next: when an ex-date takes effect (DOMAIN §5)."""

    def previous_close(self, exchange: str, at: datetime) -> datetime:
        """The last session close strictly before an instant: from an open, that of the session before."""

    def day_bounds(self, exchange: str, day: date) -> tuple[datetime, datetime]:
        """The venue's calendar day, from its first instant up to the first of the next."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a job follows from: the chain it belongs to, and the event that asked for it."""

    correlation_id: UUID
    event_id: UUID


class Jobs(Protocol):
    """Work to be done soon by some worker. Jobs carry ids only and may run twice."""

    def wake(self, feed: str, listing_ids: Sequence[UUID]) -> None:
        """Decide on the newest prices of these listings."""

    def submit_orders(self, orders: Sequence[tuple[UUID, UUID, Origin]]) -> None:
        """Send intended orders, each (position, order, decision), to their brokers."""

    def submit_order(self, position_id: UUID, order_id: UUID, origin: Origin | None = None) -> None:
        """Send an intended order to its broker."""

    def submit_order_later(
        self, position_id: UUID, order_id: UUID, delay_ms: int, origin: Origin | None = None
    ) -> None:
        """Send an order, which has certainly not left yet, after a while."""

    def look_up_order(self, client_order_id: str, delay_ms: int, origin: Origin | None = None) -> None:
        """Ask the broker after a while what it has to say of an order, and book it."""

    def settle_actions(self, position_id: UUID) -> None:
        """Settle the corporate actions that are due for a live position by now."""

    def reconcile(self, portfolio_id: UUID) -> None:
        """Compare a portfolio's books with its broker's."""

    def book_messages(self, numbers: Sequence[int]) -> None:
        """Book these messages of the inbox, or try again."""
