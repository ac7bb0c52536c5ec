"""The rules of a decision, one by one, and the order in which they apply (DOMAIN §2).

A rule reads the draft, writes down what it found out, and answers the reason that ends the decision, or None
to go on to the next.
"""

from collections.abc import Callable

from domain.balancing.decision import Reason, tradable_lot
from domain.balancing.exact import band
from domain.balancing.version_1.draft import Draft
from domain.balancing.version_1.sizing import BASIS_POINT, SIZINGS, trade_to
from domain.order import Side

Rule = Callable[[Draft], Reason | None]


def usable_price(draft: Draft) -> Reason | None:
    """Step 0: without a price there is nothing to say."""
    inputs = draft.inputs
    if inputs.price is None or inputs.price_problem is not None:
        return inputs.price_problem or "no_price"
    draft.price = inputs.price
    draft.unit_value = inputs.price * inputs.unit_scale
    draft.assets = inputs.shares * draft.unit_value
    draft.value = draft.assets + inputs.cash + inputs.receivable
    return None


def paused(draft: Draft) -> Reason | None:
    """Step 0: a paused position waits."""
    return "paused" if draft.inputs.paused else None


def trigger(draft: Draft) -> Reason | None:
    """Step 1: the price touched an edge of the band, or drift alone left the guardrails."""
    settings = draft.inputs.settings
    edges = band(draft.inputs.anchor, settings.tau)
    if draft.price >= edges.sell_above:
        draft.side = "SELL"
    elif draft.price <= edges.buy_below:
        draft.side = "BUY"
    elif settings.rebalance_on_breach:
        draft.side = _side_of_breach(draft)
        draft.breached = draft.side is not None
    return None if draft.side else "within_band"


def _side_of_breach(draft: Draft) -> Side | None:
    settings = draft.inputs.settings
    if draft.value <= 0:
        return None
    if draft.assets < settings.g_low * draft.value:
        return "BUY"
    if draft.assets > settings.g_high * draft.value:
        return "SELL"
    return None


def frozen(draft: Draft) -> Reason | None:
    """Step 2: a frozen portfolio does not trade."""
    return "frozen" if draft.inputs.frozen else None


def unreconciled(draft: Draft) -> Reason | None:
    """Step 2: no order leaves before the books agree with a live broker's."""
    return None if draft.inputs.reconciled else "unreconciled"


def market_closed(draft: Draft) -> Reason | None:
    """Step 2: the session is closed and trading after hours was not asked for."""
    return None if draft.inputs.session_open or draft.inputs.settings.after_hours else "market_closed"


def duplicate(draft: Draft) -> Reason | None:
    """Step 2: one order, or one piece of advice, at a time."""
    return "duplicate" if draft.inputs.open_order else None


def daily_limit(draft: Draft) -> Reason | None:
    """Step 2: the trading day's orders are used up."""
    return "daily_limit" if draft.inputs.orders_today >= draft.inputs.settings.max_orders_day else None


def size(draft: Draft) -> Reason | None:
    """Step 3, or the way back to the nearest guardrail when drift has left it."""
    settings = draft.inputs.settings
    if draft.breached:
        draft.raw = trade_to(draft, settings.g_low if draft.side == "BUY" else settings.g_high)
    else:
        draft.raw = SIZINGS[settings.sizing](draft)
    draft.raw_quantity = draft.raw.whole_lots(tradable_lot(draft.inputs))
    return None


def guardrail(draft: Draft) -> Reason | None:
    """Step 4: the guardrail leaves room for a lot. A trade back to a guardrail is its own bound."""
    if draft.breached:
        return None
    settings = draft.inputs.settings
    bound = trade_to(draft, settings.g_high if draft.side == "BUY" else settings.g_low)
    draft.bound_quantity = bound.whole_lots(tradable_lot(draft.inputs))
    return None if draft.bound_quantity else "guardrail"


def trim(draft: Draft) -> Reason | None:
    """Step 4: what is wanted, cut to what is allowed, is at least a lot."""
    bound = draft.bound_quantity
    draft.quantity = draft.raw_quantity if bound is None else min(draft.raw_quantity, bound)
    draft.notional = draft.quantity * draft.unit_value
    draft.commission = draft.notional * draft.inputs.settings.commission_bps * BASIS_POINT
    return None if draft.quantity else "below_min"


def below_min(draft: Draft) -> Reason | None:
    """Step 5: the trade is worth its while."""
    return "below_min" if draft.notional < draft.inputs.settings.min_notional else None


def insufficient_cash(draft: Draft) -> Reason | None:
    """Step 6: the cash at hand pays for it; a receivable sizes, it does not pay."""
    short = draft.side == "BUY" and draft.inputs.cash < draft.notional + draft.commission
    return "insufficient_cash" if short else None


def insufficient_shares(draft: Draft) -> Reason | None:
    """Step 6: nothing is sold that is not held."""
    return "insufficient_shares" if draft.side == "SELL" and draft.inputs.shares < draft.quantity else None


RULES: tuple[Rule, ...] = (
    usable_price,
    paused,
    trigger,
    frozen,
    unreconciled,
    market_closed,
    duplicate,
    daily_limit,
    size,
    guardrail,
    trim,
    below_min,
    insufficient_cash,
    insufficient_shares,
)
