"""What must happen next, read from the log: a follower enqueues it, a sweep enqueues again what got lost.

The log is the outbox. A job may be enqueued twice and may be lost with Redis; every job is harmless to
repeat, and what still waits a second later is enqueued anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.messages.inbox import WaitingMessages
from application.placing.waiting_advice import WaitingAdvice
from application.ports import Clock, Jobs, Origin, Prices
from application.ports.broker import BROKER_SECONDS_MAX
from application.runs.waiting_runs import WaitingRuns
from domain.events import Recorded
from domain.order import OrderStatus
from domain.portfolio.state import LIVE_FEED
from domain.position.events import OrderIntended
from domain.position.ordering import PROBES_MAX


class WaitingOrder(Protocol):
    """An order that has not reached a broker for certain, and since when it stands where it does."""

    @property
    def position_id(self) -> UUID: ...
    @property
    def order_id(self) -> UUID: ...
    @property
    def client_order_id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def broker(self) -> str | None: ...
    @property
    def changed_at(self) -> datetime: ...
    @property
    def probes(self) -> int: ...


PATIENCE: Mapping[str, timedelta] = {
    OrderStatus.INTENDED: timedelta(seconds=1),
    OrderStatus.SUBMITTING: timedelta(seconds=BROKER_SECONDS_MAX + 2),
    OrderStatus.UNKNOWN: timedelta(seconds=60),
}
"""How long an order may stand there before its job counts as lost; a call to a broker may take ten seconds."""

PATIENCE_ON_PAPER = timedelta(seconds=1)
"""The paper broker's book is as near as our own."""

ORDERS_A_JOB = 50

ORDERS_LOOKED_AT_MAX = 1_000
"""How many orders are looked at in a second. Of more, each has its turn: some wait for a person."""

Sweep = Callable[[datetime], None]
"""Looks at a moment for what waits, and has it done."""


@dataclass(slots=True)
class Outbox:
    """The follower's handler.

    ``waiting`` are orders that have not reached a broker for certain, ``unreported`` those that the paper broker has
    more to say of, ``unreconciled`` the portfolios that are due to be compared with their brokers, ``due`` the
    positions that a corporate action waits for, ``messages`` what brokers said that waits to be booked, ``runs`` what
    was asked for and waits to be carried out, ``advice`` what is being placed as orders, ``sweeps`` whatever else looks
    once a second.
    """

    jobs: Jobs
    prices: Prices
    clock: Clock
    waiting: Callable[[], Sequence[WaitingOrder]]
    unreported: Callable[[], Sequence[str]]
    unreconciled: Callable[[], Sequence[UUID]]
    due: Callable[[], Sequence[UUID]]
    messages: WaitingMessages
    runs: WaitingRuns
    advice: WaitingAdvice
    sweeps: Sequence[Sweep] = ()
    name: str = "outbox"

    def handle(self, _: object, events: Sequence[Recorded]) -> None:
        """Enqueue what a batch of events asks for."""
        intended = [
            (each.stream_id, each.event.order_id, Origin(each.metadata.correlation_id, each.metadata.id))
            for each in events
            if isinstance(each.event, OrderIntended) and not each.event.by_hand
        ]
        for begin in range(0, len(intended), ORDERS_A_JOB):
            self.jobs.submit_orders(intended[begin : begin + ORDERS_A_JOB])
        self.messages.after(events)
        self.runs.after(events)
        self.advice.after(events)

    def idle(self) -> None:
        """Enqueue again what has waited too long; called about once a second."""
        now = self.clock()
        for order in self.waiting():
            if now - order.changed_at < _patience(order):
                continue
            if order.status != OrderStatus.UNKNOWN:
                self.jobs.submit_order(order.position_id, order.order_id)
            elif order.probes < PROBES_MAX:
                self.jobs.look_up_order(order.client_order_id, 0)
        for client_order_id in self.unreported():
            self.jobs.look_up_order(client_order_id, 0)
        for portfolio_id in self.unreconciled():
            self.jobs.reconcile(portfolio_id)
        self.messages.sweep(now)
        self.runs.sweep()
        self.advice.sweep(now)
        for position_id in self.due():
            self.jobs.settle_actions(position_id)
        undecided = self.prices.undecided(LIVE_FEED)
        if undecided:
            self.jobs.wake(LIVE_FEED, undecided)
        for sweep in self.sweeps:
            sweep(now)


def _patience(order: WaitingOrder) -> timedelta:
    on_paper = order.broker == "paper" and order.status != OrderStatus.UNKNOWN
    return PATIENCE_ON_PAPER if on_paper else PATIENCE[order.status]
