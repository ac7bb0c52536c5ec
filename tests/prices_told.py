"""Prices for tests of the gate, in a few words."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.price_point import PricePoint
from domain.quality import Observation
from stories import AT

LISTING = UUID(int=1)
NUMBERS = ("last", "bid", "ask", "open", "high", "low")


def point(last: str | Decimal | None = None, at: datetime = AT, **others: Any) -> PricePoint:
    """A price of the example's listing; numbers may be given as texts."""
    numbers = {name: others.pop(name) for name in NUMBERS if name in others} | {"last": last}
    exact = {name: None if number is None else Decimal(number) for name, number in numbers.items()}
    given: dict[str, Any] = {"bid": None, "ask": None, "is_close": False, "source": "api"} | others | exact
    return PricePoint(listing_id=LISTING, as_of=at, **given)


def observed(
    last: str | Decimal | None = None,
    last_good: str | Decimal | None = "100",
    *,
    now: datetime = AT,
    expected: str | None = None,
    day_before: str | None = None,
    context: dict[str, Any] | None = None,
    **others: Any,
) -> Observation:
    """A price, and the last good one before it."""
    known = {"last_good": last_good, "expected": expected, "day_before": day_before}
    exact: dict[str, Any] = {
        name: None if number is None else Decimal(number) for name, number in known.items()
    }
    return Observation(point(last, **others), now, **exact, **(context or {}))
