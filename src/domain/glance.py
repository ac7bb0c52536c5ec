"""One look at everything that somebody owns: is all well, and is anything wanted of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from domain.balancing import Band
from domain.numbers import EXACT

State = Literal["quiet", "look", "stopped"]

NEAR = Decimal("0.2")
"""A price is near an edge of its band when less than this part of the way from the anchor to it is left."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Glance:
    """What is counted for one person. ``oldest_price`` is the age of the oldest good price.

    ``frozen`` are the names of portfolios that stand still, ``stale`` counts prices that are too old.
    """

    frozen: Sequence[str]
    recommendations: int
    alerts: int
    positions: int
    near: int
    stale: int
    oldest_price: timedelta | None

    @property
    def state(self) -> State:
        """Stopped is what a person has to lift, look what waits for one."""
        if self.frozen:
            return "stopped"
        return "look" if self.recommendations or self.alerts else "quiet"

    @property
    def alarm(self) -> str | None:
        """What of the sentence, from its beginning, is about anything but a quiet day; None on one."""
        return None if self.state == "quiet" else f"{self._how_it_is()}."

    def sentence(self) -> str:
        """The answer in a sentence or two."""
        return f"{self._how_it_is()}. {self._positions()}{self._prices()}."

    def _how_it_is(self) -> str:
        match self.state:
            case "stopped":
                which = self.frozen[0] if len(self.frozen) == 1 else f"{len(self.frozen)} portfolios"
                return f"Stopped: {which} {'is' if len(self.frozen) == 1 else 'are'} frozen"
            case "look":
                waiting = [(self.recommendations, "recommendation"), (self.alerts, "alert")]
                named = " and ".join(_counted(count, noun) for count, noun in waiting if count)
                alone = self.recommendations + self.alerts == 1
                return f"{named} {'waits' if alone else 'wait'} for you"
            case "quiet":
                return "All quiet"

    def _positions(self) -> str:
        if not self.positions:
            return "No position is open yet"
        if not self.near:
            return (
                "No position is near its band"
                if self.positions > 1
                else "The position is well inside its band"
            )
        if self.near == 1:
            return "1 position is near the edge of its band"
        return f"{self.near} positions are near the edges of their bands"

    def _prices(self) -> str:
        if self.stale:
            return (
                f", {_counted(self.stale, 'price')} {'is' if self.stale == 1 else 'are'} too old to decide on"
            )
        if self.oldest_price is None:
            return ""
        return f", prices {_age(self.oldest_price)} old"


def is_near(price: Decimal, anchor: Decimal, edges: Band) -> bool:
    """Whether a price has come close to an edge of its band, or is past it."""
    edge = edges.sell_above if price > anchor else edges.buy_below
    way = abs(EXACT.subtract(edge, anchor))
    left = EXACT.subtract(way, abs(EXACT.subtract(price, anchor)))
    return left < EXACT.multiply(way, NEAR)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _age(age: timedelta) -> str:
    for unit, noun in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if age >= unit:
            return _counted(age // unit, noun)
    return f"{max(0, int(age.total_seconds()))} s"
