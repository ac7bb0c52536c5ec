"""Whether a line of advice fits now, and how much of it: at today's price, with the money or units set aside for it.

A line is never made larger. What no longer fits is cut, and what is left of it then is still an order that its policy
would have allowed (DOMAIN §8.7). A changed rule is a new version, as for balancing.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from domain.balancing.decision import Decision, DecisionInputs, Reason, tradable_lot
from domain.money import ZERO
from domain.numbers import EXACT, exactly, round_down
from domain.order import OrderType
from domain.order.collar import COLLAR, is_within
from domain.placing.placement import Placement

BASIS_POINT = Decimal("0.0001")


@exactly
def decide(inputs: DecisionInputs) -> Decision:
    """The outcome for one line. Raises ValueError for inputs of a position that carries out none."""
    placement = inputs.placement
    if placement is None:
        raise ValueError("these inputs are of no line of advice")
    if inputs.price is None or inputs.price_problem is not None:
        return Decision(outcome="hold", reason=inputs.price_problem or "no_price")
    reason = _standing_against(inputs, placement, inputs.price)
    if reason is not None:
        return Decision(
            outcome="hold" if reason == "paused" else "skip",
            reason=reason,
            side=placement.side,
            price=inputs.price,
            price_source=inputs.price_source,
        )
    return _sized(inputs, placement, inputs.price)


@exactly
def unit_cost(inputs: DecisionInputs, price: Decimal) -> Decimal:
    """What a unit may come to, in the currency, with its commission.

    An order with a limit may be sent until the price has drifted so far that it is decided anew. One at the market may
    cost as much as the collar lets it; those are the fractional ones, of which brokers take no limits.
    """
    settings = inputs.settings
    margin = ZERO if settings.order_type == "limit" else settings.drift_bps * BASIS_POINT
    if order_type(inputs) == "market":
        margin = COLLAR
    return price * inputs.unit_scale * (1 + settings.commission_bps * BASIS_POINT) * (1 + margin)


def order_type(inputs: DecisionInputs) -> OrderType:
    """A sale goes as the settings have it. A purchase has a limit, so that it never costs what is not there."""
    placement = inputs.placement
    if placement is None or placement.side == "SELL" or inputs.lot < 1:
        return inputs.settings.order_type
    return "limit"


def _standing_against(inputs: DecisionInputs, placement: Placement, price: Decimal) -> Reason | None:
    """The first thing that keeps the whole line back."""
    closed = not (inputs.session_open or inputs.settings.after_hours)
    against: Mapping[Reason, bool] = {
        "paused": inputs.paused,
        "frozen": inputs.frozen,
        "unreconciled": not inputs.reconciled,
        "market_closed": closed,
        "duplicate": inputs.open_order,
        "daily_limit": inputs.orders_today >= inputs.settings.max_orders_day,
        "collar": not is_within(placement.advised_price, price),
    }
    return next((reason for reason, stands in against.items() if stands), None)


def _sized(inputs: DecisionInputs, placement: Placement, price: Decimal) -> Decision:
    lot = tradable_lot(inputs)
    is_sale = placement.side == "SELL"
    means = (
        inputs.shares
        if is_sale
        else EXACT.divide(max(ZERO, inputs.cash - placement.cost), unit_cost(inputs, price))
    )
    bound = round_down(means, lot)
    quantity = min(placement.quantity, bound)
    worth = quantity * price * inputs.unit_scale
    reason: Reason | None = None
    if quantity <= 0:
        reason = "insufficient_shares" if is_sale else "insufficient_cash"
    elif quantity < placement.quantity and worth < placement.min_trade:
        reason = "below_min"
    cut: Literal["units", "cash"] = "units" if is_sale else "cash"
    return Decision(
        outcome="skip" if reason else "trade",
        reason=reason,
        side=placement.side,
        raw_quantity=placement.quantity,
        bound_quantity=bound,
        quantity=quantity,
        price=price,
        price_source=inputs.price_source,
        notional=worth,
        trimmed_by=cut if quantity < placement.quantity else None,
    )


ENGINE = "placing.1"
"""The version that decides now."""

ENGINES = {ENGINE: decide}
"""Every version that ever decided, by the name that its decisions are recorded under."""
