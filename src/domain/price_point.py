"""A price of a listing as it came from outside, before anybody has judged it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.quote import Quote


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A price of a listing in its quote unit, as it came.

    Of a bar ``last`` is the close, and ``open``, ``high`` and ``low`` are given too. ``currency`` and ``unit``
    are what the provider called them, None when it did not say; they are judged, and not stored.
    ``unchanged_since`` is since when a listing's newest price has been these very numbers, where that is known.
    """

    listing_id: UUID
    as_of: datetime
    last: Decimal | None
    bid: Decimal | None
    ask: Decimal | None
    is_close: bool
    source: str
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    unchanged_since: datetime | None = field(default=None, compare=False)

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """Every price of it that a decision may take: the last trade, then the middle of bid and ask."""
        last = () if self.last is None else (self.last,)
        return last if self.bid is None or self.ask is None else (*last, (self.bid + self.ask) / 2)

    @property
    def value(self) -> Decimal | None:
        """The one number that later prices are held against: last, else the middle of bid and ask."""
        if self.last is not None:
            return self.last
        return None if self.bid is None or self.ask is None else (self.bid + self.ask) / 2

    @property
    def quote(self) -> Quote:
        """The price as the rule reads it."""
        return Quote(last=self.last, bid=self.bid, ask=self.ask, as_of=self.as_of)
