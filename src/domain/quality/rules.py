"""What the gate holds prices of a listing against, beside other prices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_DOWN, Context, Decimal
from typing import NamedTuple
from uuid import UUID

from domain.quality.terms import Terms
from domain.quality.thresholds import DEFAULTS, Thresholds

ROUGHLY = Context(prec=9, rounding=ROUND_DOWN)


Tighter = tuple[UUID, Thresholds]
"""A portfolio that holds a listing, and the tighter thresholds that it has of its own."""


@dataclass(frozen=True, slots=True)
class ListingRules:
    """Where a listing trades, what its prices are in, and from when on they are stopped.

    ``tighter`` are the portfolios that hold it and have tighter thresholds of their own. ``reach`` is how far from the
    last good price, as a share of it, no check finds anything yet for anybody, and ``value_jump`` how far from where
    the day began. ``inner`` is ``window_share`` of the reach.
    """

    exchange: str
    terms: Terms
    thresholds: Thresholds = DEFAULTS
    tighter: tuple[Tighter, ...] = ()
    reach: Decimal = field(init=False)
    inner: Decimal = field(init=False)
    value_jump: Decimal = field(init=False)

    def __post_init__(self) -> None:
        own = [thresholds for _, thresholds in self.tighter]
        value_jump = min(each.value_jump for each in (self.thresholds, *own))
        jump = min(each.jump_critical for each in (self.thresholds, *own))
        # Of splits two for one lies nearest, at half the price and the tolerance more; another unit lies farther.
        half = 1 - 1 / (2 * (1 - self.thresholds.split_tolerance))
        nearest = min(half, self.thresholds.jump_warn, jump, value_jump)
        object.__setattr__(self, "reach", ROUGHLY.plus(nearest))
        object.__setattr__(self, "inner", window_share(self.reach))
        object.__setattr__(self, "value_jump", value_jump)


class TradingDay(NamedTuple):
    """A trading day of an exchange, and the moment from which on it certainly is another one."""

    day: date
    until: datetime


DayOf = Callable[[str, datetime], TradingDay]
"""The trading day of an exchange at a moment."""


def window_share(reach: Decimal) -> Decimal:
    """How far from a price, as a share of it, two others are within ``reach`` of one another, whichever came first."""
    return ROUGHLY.divide(reach, 2 + reach)


def outlier_reach(thresholds: Thresholds, sigma: Decimal) -> Decimal:
    """How far from the last good price a live tick is no outlier yet."""
    return max(thresholds.outlier_sigmas * sigma, thresholds.outlier_least)
