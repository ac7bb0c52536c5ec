"""Executions: what a broker says it traded, and what of it is booked (DOMAIN §3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, localcontext

from domain.events import Instant, Value
from domain.money import ZERO
from domain.numbers import EXACT, Exact

PRICE_FRACTION = Decimal("1E-12")


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution as reported: ``price`` in the quote unit, ``commission`` in the currency.

    ``execution_id`` is what all revisions of it share. A later revision replaces the earlier ones; one of
    quantity zero takes the execution back (a bust), and needs no price.
    """

    execution_id: str
    revision: int
    quantity: Decimal
    price: Decimal
    commission: Decimal
    at: datetime


class Execution(Value):
    """The latest revision of an execution as booked. ``notional``, ``commission`` and ``book_cost`` are money.

    ``book_cost`` is what it added to the position's cost (a buy) or released from it (a sale).
    """

    execution_id: str
    revision: int
    quantity: Exact
    price: Exact
    commission: Exact
    notional: Exact
    at: Instant
    book_cost: Exact = ZERO


def average_price(executions: Iterable[Execution]) -> Decimal | None:
    """The volume-weighted price in the quote unit, to twelve digits; None while nothing is filled."""
    filled = [each for each in executions if each.quantity]
    if not filled:
        return None
    with localcontext(EXACT):
        value = sum((each.quantity * each.price for each in filled), ZERO)
        exact = value / sum((each.quantity for each in filled), ZERO)
        rounded = exact.quantize(PRICE_FRACTION)
        return exact if exact == rounded else rounded
