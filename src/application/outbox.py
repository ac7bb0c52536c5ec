"""What must happen next, read from the log: a follower enqueues it, a sweep enqueues again what got lost.

The log is the outbox. A job may be enqueued twice and may be lost with Redis; every job is harmless to
repeat, and what still waits a second later is enqueued anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from application.ports import Broker, Jobs, Origin, Prices
from domain.events import Recorded
from domain.portfolio.state import LIVE_FEED
from domain.position.events import OrderIntended

Waiting = Callable[[], Sequence[tuple[UUID, UUID]]]
"""Orders (position, order) that were decided or were about to be sent and have got no further."""


@dataclass(slots=True)
class Outbox:
    """The follower's handler."""

    jobs: Jobs
    prices: Prices
    waiting: Waiting
    brokers: Mapping[str, Broker]
    name: str = "outbox"
    _seen: frozenset[UUID] = field(default_factory=frozenset)

    def handle(self, _: object, events: Sequence[Recorded]) -> None:
        """Enqueue what a batch of events asks for."""
        for recorded in events:
            if isinstance(recorded.event, OrderIntended):
                origin = Origin(recorded.metadata.correlation_id, recorded.metadata.id)
                self.jobs.submit_order(recorded.stream_id, recorded.event.order_id, origin)

    def idle(self) -> None:
        """Enqueue again what already waited when this was last called, about a second ago."""
        waiting = self.waiting()
        for position_id, order_id in waiting:
            if order_id in self._seen:
                self.jobs.submit_order(position_id, order_id)
        self._seen = frozenset(order_id for _, order_id in waiting)
        for broker in self.brokers.values():
            for client_order_id in broker.unreported():
                self.jobs.collect_reports(client_order_id, 0)
        undecided = self.prices.undecided(LIVE_FEED)
        if undecided:
            self.jobs.wake(LIVE_FEED, undecided)
