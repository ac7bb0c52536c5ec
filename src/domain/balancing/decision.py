"""What a balancing decision reads and what it answers, as both are stored in events (DOMAIN §2)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.events import ADDED_LATER, Instant, Value
from domain.numbers import Exact
from domain.order import Side
from domain.placing.placement import Placement
from domain.quote import PriceProblem
from domain.settings import Settings

Outcome = Literal["trade", "skip", "hold"]
HoldReason = Literal["no_price", "stale_price", "paused", "within_band"]
SkipReason = Literal[
    "frozen",
    "unreconciled",
    "market_closed",
    "duplicate",
    "daily_limit",
    "guardrail",
    "below_min",
    "insufficient_cash",
    "insufficient_shares",
]
PlacingReason = Literal["collar"]
"""Why a line of advice is left out, besides: the price is too far from the advised one."""

Reason = HoldReason | SkipReason | PlacingReason

AboveZero = Annotated[Exact, Field(gt=0)]


class DecisionInputs(Value):
    """Everything a decision reads and nothing else, so that it can be decided again years later.

    Prices and the anchor are in the quote unit, ``unit_scale`` is how much currency one such unit is, money
    is in the currency. ``open_order`` is true while an order is under way, and so on its own trading day while an
    advised one waits for a person; what nobody has taken up by a later day is in nobody's way. ``placement`` is the
    line of advice that a position is there for, null for one that follows its own rule.
    """

    price: AboveZero | None
    price_source: str | None
    price_problem: PriceProblem | None
    price_as_of: Instant | None
    unit_scale: AboveZero
    lot: AboveZero
    anchor: Exact
    shares: Exact
    cash: Exact
    receivable: Exact
    paused: bool
    frozen: bool
    reconciled: bool
    session_open: bool
    open_order: bool
    orders_today: int = Field(ge=0)
    trading_day: date
    settings: Settings
    placement: Annotated[Placement | None, ADDED_LATER] = None


class Decision(Value):
    """The outcome, and as many of the numbers behind it as were known when it was reached.

    ``raw_quantity`` is the rule's size before rounding, ``bound_quantity`` what the guardrail allows in
    whole lots (null where no guardrail was asked), ``quantity`` the smaller of the two in whole lots.
    ``notional`` is in the currency, before it is rounded for booking. The asset shares are fractions of one,
    before and after; a position without value has none. Quotients are rounded half-even to 28 digits, all
    else is exact.
    """

    outcome: Outcome
    reason: Reason | None = None
    side: Side | None = None
    raw_quantity: Exact | None = None
    bound_quantity: Exact | None = None
    quantity: Exact | None = None
    price: Exact | None = None
    price_source: str | None = None
    notional: Exact | None = None
    asset_share: Exact | None = None
    projected_asset_share: Exact | None = None
    trimmed_by: Literal["guardrail", "cash", "units"] | None = None


def tradable_lot(inputs: DecisionInputs) -> Decimal:
    """The step that quantities come in: the listing's lot, at least one whole unit unless ``fractional``."""
    return inputs.lot if inputs.settings.fractional else max(inputs.lot, Decimal(1))
