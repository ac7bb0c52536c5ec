"""What corporate actions leave behind in a position, and what they make of its prices from before (DOMAIN §5)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import RANK, ActionKind
from domain.adjustment import ONE, Adjustment, adjusted
from domain.events import Instant, Value
from domain.money import ZERO
from domain.numbers import Exact, exactly
from domain.order import Execution
from domain.order.executions import PRICE_FRACTION


class Accrual(Value):
    """A dividend that is owed; ``net`` is money. The listing is the one that the position had then."""

    listing_id: UUID
    symbol: str
    ex_date: date
    pay_date: date
    payable_at: Instant
    net: Exact


class Settled(Value):
    """A corporate action that took effect; ``ratio`` is how many shares one has become.

    ``quote_unit`` is the position's from before it.
    """

    kind: ActionKind
    listing_id: UUID
    day: date
    effective_at: Instant
    quote_unit: str
    ratio: Exact = ONE
    adjustment: Adjustment = Adjustment()


class LastEnded(Value):
    """The order that ended last, whose fills the anchor follows until a newer one ends.

    ``anchor_before`` is where the anchor stood and ``anchored_at`` the fill that had set it (None: no fill),
    ``adjustments`` what actions have done to it since.
    """

    order_id: UUID
    anchor_before: Exact
    anchored_at: Instant | None = None
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def goes_back_to(self) -> Decimal:
        """The anchor of today if nothing is left of the order."""
        return adjusted(self.anchor_before, self.adjustments)

    def after(self, action: Settled, adjustment: Adjustment) -> "LastEnded":
        """With an action that has taken effect; an anchor of after it stays."""
        if is_after(self.anchored_at, action.effective_at):
            return self
        return self.model_copy(update={"adjustments": (*self.adjustments, adjustment)})


def is_after(anchored_at: datetime | None, effective_at: datetime) -> bool:
    """Whether a fill that set an anchor, if any did, knew of an action already: it came at its moment or later."""
    return anchored_at is not None and anchored_at >= effective_at


def adjustments_since(settled: Iterable[Settled], at: datetime) -> list[Adjustment]:
    """What happened to prices of ``at``, in the order in which it took effect, not in which it was known."""
    return [each.adjustment for each in sorted(settled, key=_in_order) if each.effective_at > at]


def for_today(settled: Iterable[Settled], action: Settled) -> Adjustment:
    """What an action does to an anchor of today, on which later ones have been at work if it comes late."""
    later = [each for each in sorted(settled, key=_in_order) if _in_order(each) > _in_order(action)]
    return action.adjustment.before(each.adjustment for each in later)


@exactly
def multiplied_since(settled: Iterable[Settled], at: datetime) -> Decimal:
    """How many shares one share of ``at`` has become by splits and mergers."""
    product = ONE
    for each in settled:
        product *= each.ratio if each.effective_at > at else ONE
    return product


@exactly
def average_of_today(executions: Sequence[Execution], settled: Sequence[Settled]) -> Decimal | None:
    """The volume-weighted price of executions as prices of today, to twelve digits; None when nothing is filled."""
    value = quantity = ZERO
    for each in executions:
        shares = each.quantity * multiplied_since(settled, each.at)
        value += shares * adjusted(each.price, adjustments_since(settled, each.at))
        quantity += shares
    if not quantity:
        return None
    average = value / quantity
    rounded = average.quantize(PRICE_FRACTION)
    return average if average == rounded else rounded


def _in_order(action: Settled) -> tuple[datetime, int]:
    return action.effective_at, RANK[action.kind]
