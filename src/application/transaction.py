"""One attempt at a command: what it has read, and what it will append."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from application.ports import (
    Batch,
    Clock,
    CursorMoves,
    EventLog,
    NewId,
    Receipt,
    Settlement,
    Snapshot,
)
from application.stream_cache import Cache
from domain.balancing import ENGINE
from domain.events import Event, Metadata, Recorded
from domain.order import Order
from domain.refusals import NotFound
from domain.streams import State, StreamType

S = TypeVar("S", bound=State)
T = TypeVar("T")


SNAPSHOT_EVERY_EVENTS = 100


class _OnlyTried(Exception):  # ends an attempt of which nothing is to stay
    """What was tried came to an end."""


@dataclass(frozen=True, slots=True)
class IdempotentRequest(Generic[T]):
    """A request that carried an idempotency key, and how its answer is kept; the status may depend on that."""

    principal: str
    key: str
    fingerprint: str
    status: int | Callable[[T], int]
    render: Callable[[T], bytes]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who or what makes something happen. ``at`` is its effective time, None for the clock's."""

    actor: str
    correlation_id: UUID
    causation_id: UUID | None = None
    run_id: UUID | None = None
    at: datetime | None = None
    request: IdempotentRequest[Any] | None = None


@dataclass(slots=True)
class Stream(Generic[S]):
    """A stream as a transaction sees it: the state at a version, moving on with what is appended."""

    type: StreamType[S]
    id: UUID
    version: int
    state: S | None


class Source(Protocol):
    """Where a transaction reads from, and what gives it time and ids."""

    @property
    def log(self) -> EventLog: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def new_id(self) -> NewId: ...
    @property
    def cache(self) -> Cache[UUID, State | None]: ...
    @property
    def older_orders(self) -> Cache[str, Order]: ...

    def load(self, stream_type: StreamType[S], stream_id: UUID) -> Stream[S]: ...

    def load_together(self, wanted: Sequence[tuple[StreamType[Any], UUID]]) -> list[Stream[Any]]: ...

    def load_many(self, stream_type: StreamType[S], stream_ids: Sequence[UUID]) -> list[Stream[S]]: ...

    def load_known(self, stream_type: StreamType[S], stream_id: UUID, version: int) -> Stream[S]: ...


class Transaction:
    """One attempt at a command: what it has read and what it will append."""

    def __init__(self, ledger: Source, cause: Cause) -> None:
        self._ledger = ledger
        self._cause = cause
        self._read: dict[UUID, tuple[int, Stream[Any]]] = {}
        self._events: list[Recorded] = []
        self._states: list[State] = []
        self._snapshots: list[Snapshot] = []
        self._settlements: list[Settlement] = []
        self._undo: list[tuple[Stream[Any], int, State | None]] = []

    def attempt(self, decide: Callable[[], T], cause: Cause | None = None) -> T:
        """Decide a part of this transaction, of another cause if need be; nothing stays of a part that is refused."""
        events, snapshots, settlements = len(self._events), len(self._snapshots), len(self._settlements)
        moves, outer = len(self._undo), self._cause
        self._cause = cause or outer
        try:
            return decide()
        except BaseException:
            while len(self._undo) > moves:
                stream, version, state = self._undo.pop()
                stream.version, stream.state = version, state
            del self._events[events:], self._states[events:]
            del self._snapshots[snapshots:], self._settlements[settlements:]
            raise
        finally:
            self._cause = outer

    def rehearse(self, decide: Callable[[], T]) -> T:
        """What a part of this transaction would come to; nothing stays of it."""
        found = list[T]()

        def tried() -> None:
            found.append(decide())
            raise _OnlyTried

        with suppress(_OnlyTried):
            self.attempt(tried)
        return found[0]

    def settle(self, settlement: Settlement) -> None:
        """Keep what became of a broker's message, in the same append as its effect."""
        self._settlements.append(settlement)

    @property
    def now(self) -> datetime:
        """The clock's time."""
        return self._ledger.clock()

    @property
    def run_id(self) -> UUID | None:
        """The run that this is a part of, None for a person's own command."""
        return self._cause.run_id

    @property
    def events_so_far(self) -> int:
        """How many events this transaction will append, as far as it has come."""
        return len(self._events)

    def prefetch(self, stream_type: StreamType[S], stream_ids: Iterable[UUID]) -> list[Stream[S]]:
        """Load many streams at once, so that ``load`` need not ask for each; answers those that there are."""
        wanted = [stream_id for stream_id in dict.fromkeys(stream_ids) if stream_id not in self._read]
        return [self._include(stream) for stream in self._ledger.load_many(stream_type, wanted)]

    def read_together(self, *wanted: tuple[StreamType[Any], UUID]) -> None:
        """Read streams of any kinds at once, so that ``load`` need not ask for each."""
        unread = [each for each in wanted if each[1] not in self._read]
        for stream in self._ledger.load_together(unread):
            self._include(stream)

    def load(self, stream_type: StreamType[S], stream_id: UUID) -> Stream[S]:
        """A stream as it stands; a state of None means that nothing has happened in it yet."""
        if stream_id in self._read:
            return self._read[stream_id][1]
        return self._include(self._ledger.load(stream_type, stream_id))

    def known(self, stream_type: StreamType[S], stream_id: UUID, version: int) -> Stream[S]:
        """Like load, but a cached state of at least ``version`` is taken without asking the log.

        That is safe for what is appended: every version read is guarded.
        """
        if stream_id in self._read:
            return self._read[stream_id][1]
        return self._include(self._ledger.load_known(stream_type, stream_id, version))

    def _include(self, stream: Stream[S]) -> Stream[S]:
        self._read[stream.id] = (stream.version, stream)
        return stream

    def require(self, stream_type: StreamType[S], stream_id: UUID) -> tuple[Stream[S], S]:
        """A stream that must exist, with its state. Raises NotFound."""
        stream = self.load(stream_type, stream_id)
        if stream.state is None:
            raise NotFound(stream_type.kind, stream_id)
        return stream, stream.state

    def append(self, stream: Stream[S], events: Sequence[Event], at: datetime | None = None) -> S:
        """Add events to the end of a stream and answer its state; ``at`` overrides the cause's time.

        Raises ValueError when a stream that does not exist gets no event.
        """
        for event in events:
            self._undo.append((stream, stream.version, stream.state))
            stream.version += 1
            stream.state = stream.type.evolve(stream.state, event, stream.id)
            self._events.append(self._recorded(stream, event, at))
            self._states.append(stream.state)
            if stream.version % SNAPSHOT_EVERY_EVENTS == 0:
                self._snapshots.append(Snapshot(stream.type, stream.id, stream.version, stream.state))
        if stream.state is None:
            raise ValueError(f"nothing has happened in {stream.type.kind} {stream.id}")
        return stream.state

    def new_id(self) -> UUID:
        """An id for something that this transaction begins."""
        return self._ledger.new_id()

    @property
    def older_orders(self) -> Cache[str, Order]:
        """See Ledger."""
        return self._ledger.older_orders

    def version_read(self, stream: Stream[Any]) -> int:
        """The version at which a stream was read here, before anything that is still to be appended."""
        return self._read[stream.id][0]

    def events_of(
        self, stream: Stream[Any], names: Sequence[str], naming: str | None = None, after: int = 0
    ) -> list[Recorded]:
        """The events of some kinds in a stream that is read here, oldest first, with what is still to be appended.

        With ``naming`` only those that mention an id; of what is still to be appended all are answered. Only those
        ``after`` a version, and up to the one that was read: it is guarded.
        """
        read = self.version_read(stream)
        stored = self._ledger.log.events_of(stream.id, names, naming, after) if after < read else []
        pending = [each for each in self._events if each.stream_id == stream.id and each.event.name in names]
        return [*(each for each in stored if each.version <= read), *pending]

    def batch(self, receipt: Receipt | None = None, cursors: CursorMoves | None = None) -> Batch:
        """What this transaction appends, guarded by the versions of what it only read."""
        written = {each.stream_id for each in self._events}
        guards = [(id_, version) for id_, (version, _) in self._read.items() if id_ not in written]
        return Batch(self._events, self._states, guards, self._snapshots, receipt, cursors, self._settlements)

    def committed(self) -> None:
        """Tell the cache what is now true."""
        for _, stream in self._read.values():
            self._ledger.cache.put(stream.id, stream.version, stream.state)

    def _recorded(self, stream: Stream[S], event: Event, at: datetime | None) -> Recorded:
        now = self._ledger.clock()
        cause = self._cause
        metadata = Metadata(
            id=self._ledger.new_id(),
            at=at or cause.at or now,
            recorded_at=now,
            actor=cause.actor,
            correlation_id=cause.correlation_id,
            causation_id=cause.causation_id,
            run_id=cause.run_id,
            engine=ENGINE,
        )
        return Recorded(
            number=len(self._events),
            stream_id=stream.id,
            version=stream.version,
            metadata=metadata,
            event=event,
        )
