"""What the gate says: events of a listing's stream."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.events import ADDED_LATER, Event, Instant, StreamKind
from domain.numbers import Exact

IN_WORDS = {
    "scale": "a hundredfold change of scale",
    "split_suspect": "a split that nobody has announced",
    "value_jump": "too far a way for one day",
    "currency_mismatch": "another currency or unit than the listing's",
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
