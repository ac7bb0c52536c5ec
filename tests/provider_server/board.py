"""What a local provider has to tell: quotes, daily bars, exchange rates, as they are written on the wire."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Quote:
    """A quote; numbers are the digits that travel, None for what the provider does not know."""

    last: str | None
    at: datetime
    bid: str | None = None
    ask: str | None = None
    currency: str = "USD"
    unit: str = "USD"


@dataclass(frozen=True)
class Bar:
    """A day's bar."""

    day: date
    close: str
    open: str | None = None
    high: str | None = None
    low: str | None = None

    @property
    def ohlc(self) -> tuple[str, str, str, str]:
        """Open, high, low and close; where they are not given they are the close."""
        return self.open or self.close, self.high or self.close, self.low or self.close, self.close


@dataclass
class Board:
    """By symbol, and for rates by base and quote; a test changes it as it goes."""

    quotes: dict[str, Quote] = field(default_factory=dict)
    bars: dict[str, list[Bar]] = field(default_factory=dict)
    rates: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
