"""What a position's decisions read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.actions import ActionKind
from domain.events import Value
from domain.money import ZERO, quote_scale
from domain.numbers import Exact
from domain.order import Order, Side
from domain.placing.placement import Placement
from domain.position.settled import Accrual, LastEnded, Settled
from domain.settings import SettingsChange

Status = Literal["active", "paused", "placing", "closed"]

ORDER_DAYS_MAX = 5


class LastSkip(Value):
    """The last skip that was stored; an equal one in the same session is only counted (DOMAIN §2)."""

    trading_day: date
    side: Side | None
    reason: str


class OrderDay(Value):
    """How many orders reached SUBMITTING on a trading day."""

    day: date
    orders: int


class HandedOver(Value):
    """The shares, and their cost, that a closed position has left to its portfolio as a holding."""

    shares: Exact = ZERO
    book_cost: Exact = ZERO


NOTHING = HandedOver()


@dataclass(frozen=True, slots=True)
class Position:
    """A position's state. ``cash`` is its own bucket, ``anchor`` in the quote unit, ``order`` the latest.

    ``anchored_at`` is the last of the fills that the anchor follows, None while it follows none. One that is *placing*
    carries out its ``placement``, a line of advice, by one order, and is closed with it.
    """

    id: UUID
    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    status: Status
    shares: Decimal
    cash: Decimal
    receivable: Decimal
    book_cost: Decimal
    anchor: Decimal
    settings: SettingsChange
    order: Order | None = None
    order_days: tuple[OrderDay, ...] = ()
    last_skip: LastSkip | None = None
    last_ended: LastEnded | None = None
    accruals: tuple[Accrual, ...] = ()
    settled: tuple[Settled, ...] = ()
    handed_over: HandedOver = NOTHING
    anchored_at: datetime | None = None
    placement: Placement | None = None

    @property
    def unit_scale(self) -> Decimal:
        """How much of the currency one quote unit is."""
        return quote_scale(self.currency, self.quote_unit)

    @property
    def open_order(self) -> Order | None:
        """The order that has not ended, if any."""
        return self.order if self.order is not None and self.order.is_open else None

    def orders_on(self, trading_day: date) -> int:
        """How many orders reached SUBMITTING on that trading day, as far back as the last few days of orders."""
        return next((each.orders for each in self.order_days if each.day == trading_day), 0)

    def unit_scale_at(self, at: datetime) -> Decimal:
        """How much of the currency one quote unit was: a merger may have brought another."""
        since = [each for each in self.settled if each.effective_at > at]
        first = min(since, key=lambda each: each.effective_at, default=None)
        return quote_scale(self.currency, first.quote_unit if first else self.quote_unit)

    def has_settled(self, kind: ActionKind, listing_id: UUID, day: date) -> bool:
        """Whether that corporate action took effect on this position already."""
        return any((each.kind, each.listing_id, each.day) == (kind, listing_id, day) for each in self.settled)
