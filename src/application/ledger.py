"""Load, decide, append: the one way in which anything changes, with retries, metadata and cache beneath."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from application.ports import (
    Batch,
    Clock,
    EventLog,
    KnownStream,
    NewId,
    Receipt,
    StaleVersion,
)
from application.stream_cache import Cache
from application.transaction import Cause, IdempotentRequest, Stream, Transaction
from domain.order import Order
from domain.refusals import Conflict, NotFound
from domain.streams import State, StreamType

S = TypeVar("S", bound=State)
T = TypeVar("T")

ATTEMPTS_MAX = 25
OLDER_ORDERS_MAX = 2_000

__all__ = ["ATTEMPTS_MAX", "Cause", "IdempotentRequest", "Ledger", "Outcome", "Stream", "Transaction"]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a command answered, and the log's number at which it is visible (None: nothing appended)."""

    answer: T
    number: int | None


@dataclass(slots=True)
class Ledger:
    """The event log with its clock, its ids and what this process remembers of it.

    ``older_orders`` are orders that are not their positions' latest any more, by client order id, at the position's
    version.
    """

    log: EventLog
    clock: Clock
    new_id: NewId
    cache: Cache[UUID, State | None] = field(default_factory=Cache)
    older_orders: Cache[str, Order] = field(default_factory=lambda: Cache(OLDER_ORDERS_MAX))
    second_try: Lock = field(default_factory=Lock)
    running: ContextVar[UUID | None] = field(default_factory=lambda: ContextVar("running", default=None))

    @contextmanager
    def within(self, run_id: UUID) -> Iterator[None]:
        """Let what this thread does by itself, in a ``with`` block, be recorded under a run."""
        token = self.running.set(run_id)
        try:
            yield
        finally:
            self.running.reset(token)

    def run_id(self) -> UUID:
        """What automatic work is recorded under: the run that it is a part of, else an id of its own."""
        return self.running.get() or self.new_id()

    def load(self, stream_type: StreamType[S], stream_id: UUID) -> Stream[S]:
        """A stream's state, from the cache or the latest snapshot and the events since.

        Raises NotFound when the id is that of another kind of stream.
        """
        [stream] = self.load_together([(stream_type, stream_id)])
        return stream

    def load_together(self, wanted: Sequence[tuple[StreamType[Any], UUID]]) -> list[Stream[Any]]:
        """Like load for each of some streams of any kinds, with one question to the log."""
        streams = [self._cached(stream_type, stream_id) for stream_type, stream_id in wanted]
        of_another_kind = self._bring_up_to_date(streams)
        for stream in streams:
            if stream.id in of_another_kind:
                raise NotFound(stream.type.kind, stream.id)
        return streams

    def load_many(self, stream_type: StreamType[S], stream_ids: Sequence[UUID]) -> list[Stream[S]]:
        """The streams of this kind under some ids, with one question to the log."""
        streams = list[Stream[S]]()
        for stream_id in dict.fromkeys(stream_ids):
            with suppress(NotFound):
                streams.append(self._cached(stream_type, stream_id))
        of_another_kind = self._bring_up_to_date(streams)
        return [each for each in streams if each.state is not None and each.id not in of_another_kind]

    def _cached(self, stream_type: StreamType[S], stream_id: UUID) -> Stream[S]:
        """A stream as this process knows it. Raises NotFound for a stream that is of another kind."""
        version, state = self.cache.get(stream_id) or NOTHING
        return Stream(stream_type, stream_id, version, _of_type(stream_type, stream_id, state))

    def _bring_up_to_date(self, streams: Sequence[Stream[Any]]) -> set[UUID]:
        """Fold what was appended since, and remember it; answers the ids of streams that are of another kind."""
        begun, appended = self.log.since([KnownStream(each.type, each.id, each.version) for each in streams])
        by_id = {each.id: each for each in streams}
        of_another_kind = set[UUID]()
        for each in begun:
            by_id[each.stream_id].version, by_id[each.stream_id].state = each.version, each.state
        for recorded in appended:
            stream = by_id[recorded.stream_id]
            if recorded.event.stream_kind != stream.type.kind:
                of_another_kind.add(stream.id)
                continue
            stream.version = recorded.version
            stream.state = stream.type.evolve(stream.state, recorded.event, stream.id)
        for stream in streams:
            if stream.id not in of_another_kind:
                self.cache.put(stream.id, stream.version, stream.state)
        return of_another_kind

    def load_known(self, stream_type: StreamType[S], stream_id: UUID, version: int) -> Stream[S]:
        """Like load, but a cached state of at least ``version`` is taken as it is, without asking the log."""
        known = self.cache.get(stream_id)
        if known is not None and known[0] >= version:
            return Stream(stream_type, stream_id, known[0], _of_type(stream_type, stream_id, known[1]))
        return self.load(stream_type, stream_id)

    def transact(
        self,
        cause: Cause,
        decide: Callable[[Transaction], T],
        append: Callable[[Batch, T], int] | None = None,
    ) -> Outcome[T]:
        """Run one command: decide on fresh state and append; when another was faster, load and decide again.

        ``append`` stores the batch, which may then hold no event at all, together with something that is none.
        Raises Conflict after 25 lost races, and whatever ``decide`` refuses with.
        """
        try:
            return self._attempt(cause, decide, append)
        except StaleVersion:
            pass
        # Those who lost try again one at a time, or they would keep losing to one another.
        with self.second_try:
            for _ in range(ATTEMPTS_MAX):
                try:
                    return self._attempt(cause, decide, append)
                except StaleVersion:
                    continue
        raise Conflict("Too many changes at once; nothing was done, try again.")

    def _attempt(
        self,
        cause: Cause,
        decide: Callable[[Transaction], T],
        append: Callable[[Batch, T], int] | None,
    ) -> Outcome[T]:
        transaction = Transaction(self, cause)
        answer = decide(transaction)
        batch = transaction.batch(_receipt(cause, answer))
        if append is not None:
            number = append(batch, answer)
        elif batch.events or batch.receipt is not None or batch.settlements:
            number = self.log.append(batch)
        else:
            return Outcome(answer, None)
        transaction.committed()
        return Outcome(answer, number)


NOTHING = (0, None)
"""A stream in which nothing has happened yet. That is remembered too: most alerts are asked for and never raised."""


def _of_type(stream_type: StreamType[S], stream_id: UUID, state: State | None) -> S | None:
    if state is not None and not isinstance(state, stream_type.state_type):
        raise NotFound(stream_type.kind, stream_id)
    return state


def _receipt(cause: Cause, answer: object) -> Receipt | None:
    request = cause.request
    if request is None:
        return None
    status = request.status if isinstance(request.status, int) else request.status(answer)
    return Receipt(request.principal, request.key, request.fingerprint, status, request.render(answer))
