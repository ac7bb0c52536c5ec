"""What corporate actions do to prices from before them, one after the other (DOMAIN §5)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce

from domain.events import Value
from domain.money import ZERO
from domain.numbers import Exact, exactly
from domain.order.executions import PRICE_FRACTION

ONE = Decimal(1)


class Adjustment(Value):
    """What one action does to a price in the quote unit: ``(price − less) ÷ divided_by``.

    A price that is not above ``less`` is divided only: no price goes to zero by a payout.
    """

    less: Exact = ZERO
    divided_by: Exact = ONE

    @exactly
    def of(self, price: Decimal) -> Decimal:
        """The price after the action, to twelve digits."""
        adjusted = (price - self.less if price > self.less else price) / self.divided_by
        rounded = adjusted.quantize(PRICE_FRACTION)
        return adjusted if adjusted == rounded else rounded

    @exactly
    def before(self, later: Iterable["Adjustment"]) -> "Adjustment":
        """This adjustment for a price that ``later`` ones, of actions after this one, were applied to already.

        Together they make ``price ÷ ratio − payout`` of a price; this one has to go in before that.
        """
        ratio, payout = ONE, ZERO
        for each in later:
            ratio, payout = ratio * each.divided_by, (payout + each.less) / each.divided_by
        return Adjustment(less=self.less / ratio + payout * (self.divided_by - 1), divided_by=self.divided_by)


def adjusted(price: Decimal, adjustments: Sequence[Adjustment]) -> Decimal:
    """A price after actions, in the order of their taking effect."""
    return reduce(lambda known, each: each.of(known), adjustments, price)
