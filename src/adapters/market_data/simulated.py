"""The simulated market: prices for listings on XSIM, so that a first start has something to look at.

A price is a function of the symbol and the clock alone, a slow triangle wave: it goes on where it was after a
restart, and everybody sees the same market. Real listings never trade on XSIM.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from application.ports import PricePoint
from application.ports.market_data import ProviderRefused, Quoted, Rated, Topic, Wanted
from domain.fx import Pair

SIMULATED_EXCHANGE = "XSIM"
SOURCE = "simulated"
LISTINGS_MAX = 1_000
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Wave:
    """A triangle between ``base * (1 - height)`` and ``base * (1 + height)``."""

    base: Decimal
    height: Decimal
    period_seconds: int

    def at(self, moment: datetime) -> Decimal:
        """The price at a moment, in cents."""
        turn = Decimal(int(moment.timestamp()) % self.period_seconds) / self.period_seconds
        level = 4 * turn - 1 if turn < Decimal("0.5") else 3 - 4 * turn
        return (self.base * (1 + self.height * level)).quantize(CENT)


WAVES = {
    "TIDE": Wave(Decimal(100), Decimal("0.06"), 240),
    "KEEL": Wave(Decimal(40), Decimal("0.04"), 160),
    "MAST": Wave(Decimal(250), Decimal("0.015"), 600),
}


class SimulatedPrices:
    """The simulated market as a provider, at one moment."""

    topics: frozenset[Topic] = frozenset({"quotes"})

    def __init__(self, name: str, now: datetime) -> None:
        self.name = name
        self._now = now

    def listings_max(self, topic: Topic) -> int:
        """See application.ports.market_data.MarketData."""
        return LISTINGS_MAX

    def serves(self, wanted: Wanted) -> bool:
        """See application.ports.market_data.MarketData."""
        return wanted.exchange == SIMULATED_EXCHANGE and wanted.symbol in WAVES

    def quotes(self, wanted: Sequence[Wanted]) -> Quoted:
        """See application.ports.market_data.MarketData."""
        return Quoted(
            [
                PricePoint(
                    listing_id=each.listing_id,
                    as_of=self._now,
                    last=WAVES[each.symbol].at(self._now),
                    bid=None,
                    ask=None,
                    is_close=False,
                    source=SOURCE,
                )
                for each in wanted
            ]
        )

    def closes(self, wanted: Sequence[Wanted], since: date) -> Quoted:
        """See application.ports.market_data.MarketData."""
        raise ProviderRefused("is not asked for closes")

    def rate(self, pair: Pair) -> Rated:
        """See application.ports.market_data.MarketData."""
        raise ProviderRefused("is not asked for exchange rates")
