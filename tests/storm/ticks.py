"""Prices that walk at random near where they began, and go in as the market's do."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from random import Random

from api.wiring import House
from application.ports import PricePoint
from storm.founding import Founded
from storm.scenario import Weather

HOME = Decimal("0.05")
"""How strongly a price is drawn back to where it began."""


class Ticks:
    """The market."""

    def __init__(
        self, founded: Sequence[Founded], clock: Callable[[], datetime], chance: Random, weather: Weather
    ) -> None:
        self._clock = clock
        self._chance = chance
        self._weather = weather
        self._markets = [
            (purse, each.listing_ids[symbol], purse.price)
            for each in founded
            for symbol, purse in each.exchange.purses.items()
        ]

    def tick(self, house: House) -> None:
        """Every price moves, and all of them are taken in."""
        points = []
        for purse, listing_id, first in self._markets:
            step = Decimal(round(self._chance.gauss(0, self._weather.volatility), 6))
            step += HOME * (first - purse.price) / first
            purse.price = max(first / 2, purse.price * (1 + step)).quantize(Decimal("0.0001"))
            spread = purse.price * Decimal("0.0002")
            quoted = self._chance.random() < 0.5
            point = PricePoint(
                listing_id=listing_id,
                as_of=self._clock(),
                last=purse.price,
                bid=purse.price - spread if quoted else None,
                ask=purse.price + spread if quoted else None,
                is_close=False,
                source="api",
            )
            points.append(point)
        house.ingest_prices(points)
