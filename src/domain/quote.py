"""A quote, and the one price of it that decisions use (DOMAIN §2, reference price). All in the quote unit."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator

from domain.events import Instant, Value
from domain.numbers import Exact

PriceSource = Literal["last", "mid"]
PriceProblem = Literal["no_price", "stale_price"]

LAST_AGE_MAX = timedelta(seconds=3)
LAST_DISTANCE_MAX = Decimal("0.01")  # of the mid
MICROSECOND = timedelta(microseconds=1)


class Quote(Value):
    """What a provider said of a listing at one moment. ``mid`` lies between bid and ask when not given."""

    last: Exact | None = None
    bid: Exact | None = None
    ask: Exact | None = None
    mid: Exact | None = Field(default=None, validate_default=True)
    as_of: Instant

    @field_validator("mid")
    @classmethod
    def _between_bid_and_ask(cls, mid: Decimal | None, info: ValidationInfo) -> Decimal | None:
        bid, ask = info.data.get("bid"), info.data.get("ask")
        if mid is not None or bid is None or ask is None:
            return mid
        between: Decimal = (bid + ask) / 2
        return between


class ReferencePrice(Value):
    """The price a decision may use. The age is below zero when the provider's clock runs ahead of ours."""

    value: Exact
    source: PriceSource
    age_seconds: Exact


def reference_price(quote: Quote, now: datetime, stale_after: timedelta) -> ReferencePrice | PriceProblem:
    """The price of a quote that a decision at ``now`` may use, or why there is none.

    The last trade counts while it is fresh and near the mid, else the mid; without a mid, the last trade. No
    price counts when it is older than ``stale_after``.
    """
    age = now - quote.as_of
    chosen = _choose(quote, age)
    if chosen is None:
        return "no_price"
    if age > stale_after:
        return "stale_price"
    value, source = chosen
    return ReferencePrice(value=value, source=source, age_seconds=Decimal(age // MICROSECOND) / 1_000_000)


def _choose(quote: Quote, age: timedelta) -> tuple[Decimal, PriceSource] | None:
    """The last trade or the mid; one that is not above zero is no price at all."""
    last, mid = (each if each is not None and each > 0 else None for each in (quote.last, quote.mid))
    if mid is None:
        return None if last is None else (last, "last")
    if last is not None and age <= LAST_AGE_MAX and abs(last - mid) <= mid * LAST_DISTANCE_MAX:
        return last, "last"
    return mid, "mid"
