"""What the gate says: events of a listing's stream."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events import ADDED_LATER, Event, Instant, StreamKind
from domain.numbers import Exact
from domain.quality.thresholds import ThresholdsChange

IN_WORDS = {
    "scale": "a hundredfold change of scale",
    "split_suspect": "a split that nobody has announced",
    "value_jump": "too far a way for one day",
    "currency_mismatch": "another currency or unit than the listing's",
    "outlier": "out of proportion to the last hour, and used by nothing",
}
"""What a rule found, where its name does not say it."""


class PriceQuarantined(Event):
    """A price that nothing may use until a person releases it; portfolios holding the listing are frozen.

    ``feed`` is the replay that it belongs to. Null is the live feed, or what was not kept apart at first.
    """

    name: ClassVar[str] = "quality.price_quarantined.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    price: Exact
    as_of: Instant
    source: str
    rule: str
    observed: str
    expected: str
    feed: Annotated[str | None, ADDED_LATER] = None

    def sentence(self) -> str:
        found = IN_WORDS.get(self.rule, self.rule)
        return f"Quarantined {self.symbol} at {self.price}: {found}, expected {self.expected}."


class PricesSettled(Event):
    """What a person has made of prices that were waiting: how many, between which moments, and how high they were.

    ``rules`` had stopped them, and of those in ``over`` nothing waits any more. Lowest and highest are null where
    none of them had both sides.
    """

    stream_kind: ClassVar[StreamKind] = "listing"
    verb: ClassVar[str]

    listing_id: UUID
    symbol: str
    prices: int
    lowest: Exact | None
    highest: Exact | None
    since: Instant
    until: Instant
    rules: tuple[str, ...]
    over: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        what = f"a price of {self.symbol}" if self.prices == 1 else f"{self.prices} prices of {self.symbol}"
        if self.lowest is not None and self.lowest == self.highest:
            what += f", {self.lowest}"
        elif self.lowest is not None:
            what += f", {self.lowest} to {self.highest}"
        found = " and ".join(IN_WORDS.get(rule, rule) for rule in self.rules)
        return f"{self.verb} {what}, stopped for {found}: {self.reason}"


class PricesReleased(PricesSettled):
    """They are prices like any other from now on; the newest is what the next one is held against."""

    name: ClassVar[str] = "quality.prices_released.1"
    verb: ClassVar[str] = "Released"


class PricesDiscarded(PricesSettled):
    """They are kept for everybody to see, and nothing ever uses them."""

    name: ClassVar[str] = "quality.prices_discarded.1"
    verb: ClassVar[str] = "Discarded"


class PriceFlagged(Event):
    """A price that somebody may want to look at; it stops nothing. Of a rule the first of a trading day is told."""

    name: ClassVar[str] = "quality.price_flagged.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    price: Exact
    as_of: Instant
    source: str
    rule: str
    observed: str
    expected: str
    day: date

    def sentence(self) -> str:
        found = IN_WORDS.get(self.rule, self.rule)
        return f"Noted {self.symbol} at {self.price}: {found}, expected {self.expected}."


class ListingThresholdsSet(Event):
    """From when on prices of a listing are stopped: all its own thresholds, in place of those before."""

    name: ClassVar[str] = "listing.thresholds_set.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    thresholds: ThresholdsChange

    def sentence(self) -> str:
        return f"Set the thresholds for prices of {self.symbol}: {self.thresholds.words()}."
