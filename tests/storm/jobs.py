"""The queue of jobs, in memory: they come twice, late, in any order, and may all be lost at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from adapters.redis.queue import (
    BOOK_MESSAGES,
    CANCEL_ORDER,
    LOOK_UP_ORDER,
    PLACE_ADVICE,
    RECONCILE,
    RUN,
    SETTLE_ACTIONS,
    SETTLE_OWN_UNITS,
    SUBMIT_ORDER,
    SUBMIT_ORDERS,
    WAKE,
)
from application.ports import Origin
from storm.crashes import Moments

RETRIES_MAX = 3
TWICE_RATE = 0.08
ASKED_AGAIN_AND_AGAIN = frozenset({BOOK_MESSAGES, PLACE_ADVICE, RUN, WAKE})
"""Jobs of which one is enough, or a message that waits for long would fill the queue; a real one has room for more."""

BACK_AFTER = timedelta(seconds=10)
"""When a dead worker's job is taken up again (tests/kills measure it)."""


@dataclass(frozen=True)
class Job:
    """A call of an actor, due at a moment."""

    actor: str
    arguments: tuple[object, ...]
    due: datetime
    tries: int = 0


class Queue:
    """The application's Jobs, shared by all processes."""

    def __init__(self, clock: Callable[[], datetime], chance: Random, moments: Moments) -> None:
        self._clock = clock
        self._chance = chance
        self._moments = moments
        self.waiting: list[Job] = []

    def wake(self, feed: str, listing_ids: Sequence[UUID]) -> None:
        """See application.ports.Jobs."""
        self._enqueue(WAKE, feed, [str(each) for each in listing_ids])

    def submit_orders(self, orders: Sequence[tuple[UUID, UUID, Origin]]) -> None:
        """See application.ports.Jobs."""
        ids = [[str(position_id), str(order_id), *_ids(origin)] for position_id, order_id, origin in orders]
        self._enqueue(SUBMIT_ORDERS, ids)

    def submit_order(
        self, position_id: UUID, order_id: UUID, origin: Origin | None = None, *, delay_ms: int = 0
    ) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SUBMIT_ORDER, str(position_id), str(order_id), *_ids(origin), delay_ms=delay_ms)

    def look_up_order(self, client_order_id: str, delay_ms: int, origin: Origin | None = None) -> None:
        """See application.ports.Jobs."""
        self._enqueue(LOOK_UP_ORDER, client_order_id, *_ids(origin), delay_ms=delay_ms)

    def cancel_order(self, position_id: UUID, order_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(CANCEL_ORDER, str(position_id), str(order_id))

    def settle_actions(self, position_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SETTLE_ACTIONS, str(position_id))

    def settle_own_units(self, portfolio_id: UUID, listing_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SETTLE_OWN_UNITS, str(portfolio_id), str(listing_id))

    def place_advice(self, recommendation_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(PLACE_ADVICE, str(recommendation_id))

    def reconcile(self, portfolio_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(RECONCILE, str(portfolio_id))

    def book_messages(self, numbers: Sequence[int]) -> None:
        """See application.ports.Jobs."""
        self._enqueue(BOOK_MESSAGES, list(numbers))

    def run(self, run_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(RUN, str(run_id))

    def take(self) -> Job | None:
        """One of the jobs that are due; now and then it stays to be done once more."""
        now = self._clock()
        due = [number for number, job in enumerate(self.waiting) if job.due <= now]
        if not due:
            return None
        number = self._chance.choice(due)
        if not self._moments.calm and self._chance.random() < TWICE_RATE:
            return self.waiting[number]
        return self.waiting.pop(number)

    def put_back(self, job: Job, after: timedelta) -> None:
        """A job failed, or its worker died: it is tried again, but not for ever."""
        if job.tries < RETRIES_MAX:
            self.waiting.append(Job(job.actor, job.arguments, self._clock() + after, job.tries + 1))

    def _waits(self, job: Job) -> bool:
        return any(each.actor == job.actor and each.arguments == job.arguments for each in self.waiting)

    def _enqueue(self, actor: str, *arguments: object, delay_ms: int = 0) -> None:
        self._moments.reach(f"jobs.{actor}")
        job = Job(actor, arguments, self._clock() + timedelta(milliseconds=delay_ms))
        if actor not in ASKED_AGAIN_AND_AGAIN or not self._waits(job):
            self.waiting.append(job)
        self._moments.reach(f"jobs.{actor} enqueued")


def _ids(origin: Origin | None) -> tuple[str, ...]:
    return () if origin is None else (str(origin.correlation_id), str(origin.event_id))
