"""Call back the open orders of frozen portfolios: their brokers are asked to cancel, until nothing is open.

That they shall be is an event. Who asks may die, and the broker may be silent: the next look asks again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from application.ports import Jobs

ASK_AGAIN = timedelta(seconds=15)
"""How long a broker is given to end an order that it was asked to cancel."""


class OpenOrder(Protocol):
    """An open order that is to be cancelled, and where it stands."""

    @property
    def position_id(self) -> UUID: ...
    @property
    def order_id(self) -> UUID: ...
    @property
    def status(self) -> str: ...


@dataclass(slots=True)
class RecallOrders:
    """A sweep. ``recalled`` are the orders that are to be cancelled and have not ended."""

    jobs: Jobs
    recalled: Callable[[], Sequence[OpenOrder]]
    _asked: dict[UUID, tuple[str, datetime]] = field(default_factory=dict)

    def __call__(self, now: datetime) -> None:
        """Have each order cancelled that has not been asked for yet, has moved on since, or was long ago."""
        before, self._asked = self._asked, {}
        for order in self.recalled():
            status, asked_at = before.get(order.order_id, (None, now))
            if status == order.status and now - asked_at < ASK_AGAIN:
                self._asked[order.order_id] = (order.status, asked_at)
            else:
                self._asked[order.order_id] = (order.status, now)
                self.jobs.cancel_order(order.position_id, order.order_id)
