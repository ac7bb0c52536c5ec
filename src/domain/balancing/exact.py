"""Arithmetic that no comparison can be spoiled by: exact products, and quotients rounded once, on purpose."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from domain.money import ZERO
from domain.numbers import EXACT

__all__ = ["EXACT", "Band", "Ratio", "band"]

RECORDED = Context(prec=28, rounding=ROUND_HALF_EVEN)
"""The digits that a quotient is recorded with (DOMAIN §1)."""


class Ratio(NamedTuple):
    """A quotient that has not been taken yet. ``bottom`` is above zero.

    Taking it rounds, and a quotient rounded up in its 28th digit can be a lot too many: so lots are counted
    by integer division, which is exact, and the rounded quotient is only shown.
    """

    top: Decimal
    bottom: Decimal

    def rounded(self) -> Decimal:
        """The quotient, half-even to 28 digits."""
        return RECORDED.divide(self.top, self.bottom)

    def whole_lots(self, lot: Decimal) -> Decimal:
        """The largest multiple of ``lot`` that is not above the quotient, zero at least."""
        lots = EXACT.divide_int(self.top, EXACT.multiply(self.bottom, lot))
        return max(ZERO, EXACT.multiply(lots, lot))


class Band(NamedTuple):
    """The prices, in the quote unit, at which a trade is triggered; touching is enough."""

    buy_below: Decimal
    sell_above: Decimal


def band(anchor: Decimal, tau: Decimal) -> Band:
    """The band around an anchor, exact to the last digit whatever the ambient decimal context."""
    return Band(
        buy_below=EXACT.multiply(anchor, EXACT.subtract(Decimal(1), tau)),
        sell_above=EXACT.multiply(anchor, EXACT.add(Decimal(1), tau)),
    )
