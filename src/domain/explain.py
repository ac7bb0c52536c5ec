"""A decision in one plain sentence, as timelines, notifications and the page show it.

The words are the same on every machine: like the decision they are formed under ``EXACT``, and numbers are
rounded by name, never by an ambient context.
"""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from typing import assert_never

from domain.balancing import Decision, DecisionInputs, band, tradable_lot
from domain.balancing.exact import Ratio
from domain.numbers import EXACT, plain, shortest

ONE = Decimal(1)
BASIS_POINT = Decimal("0.0001")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


def sentence(inputs: DecisionInputs, decision: Decision, symbol: str) -> str:
    """What was decided about ``symbol`` and why, in one sentence for the person whose money it is."""
    with localcontext(EXACT):
        return _sentence(inputs, decision, symbol)


def _sentence(inputs: DecisionInputs, decision: Decision, symbol: str) -> str:
    match decision.outcome:
        case "trade":
            size = f"{_quantity(decision.quantity)} {symbol} at {_quoted(decision.price)}"
            return f"Decided to {_verb(decision)} {size}: {_cause(inputs, decision)}{_cut(inputs, decision)}."
        case "skip":
            return f"Did not {_verb(decision)} {symbol}: {_obstacle(inputs, decision)}."
        case "hold":
            return f"Held {symbol}: {_obstacle(inputs, decision)}."
        case _:
            assert_never(decision.outcome)


def _cause(inputs: DecisionInputs, decision: Decision) -> str:
    price, anchor, settings = decision.price, inputs.anchor, inputs.settings
    edges = band(anchor, settings.tau)
    if price is None or anchor <= 0:
        return f"the anchor is {_price(anchor)}"
    if edges.buy_below < price < edges.sell_above:
        bound = ("under", settings.g_low) if decision.side == "BUY" else ("over", settings.g_high)
        return f"drift left {_share(decision)} in shares, {bound[0]} the guardrail of {_percent_of(bound[1])}"
    distance = Ratio(abs(price - anchor), anchor).rounded()
    return f"{_percent(distance)} {'under' if price < anchor else 'over'} the anchor of {_price(anchor)}"


def _cut(inputs: DecisionInputs, decision: Decision) -> str:
    if decision.trimmed_by is None or decision.raw_quantity is None:
        return ""
    wanted = Ratio(decision.raw_quantity, ONE).whole_lots(tradable_lot(inputs))
    return f"; the guardrail cut {_quantity(wanted)} to {_quantity(decision.quantity)}"


def _obstacle(inputs: DecisionInputs, decision: Decision) -> str:
    match decision.reason:
        case None:
            return "nothing stands against it"
        case "no_price":
            return "there is no price"
        case "stale_price":
            dated = f", of {inputs.price_as_of:%Y-%m-%d %H:%M} UTC," if inputs.price_as_of else ""
            return f"the latest price{dated} is too old"
        case "paused":
            return "the position is paused"
        case "within_band":
            edges = band(inputs.anchor, inputs.settings.tau)
            low, high = _price(edges.buy_below), _price(edges.sell_above)
            return f"{_quoted(decision.price)} is inside the band from {low} to {high}"
        case "frozen":
            return "the portfolio is frozen"
        case "unreconciled":
            return "the books have not been reconciled with the broker yet"
        case "market_closed":
            return "the market is closed"
        case "duplicate":
            return "an earlier order or recommendation is still open"
        case "daily_limit":
            return _used_up(inputs.settings.max_orders_day)
        case "guardrail":
            return _no_room(inputs, decision)
        case "below_min":
            return _too_small(inputs, decision)
        case "insufficient_cash":
            return f"{_size(decision)} cost {_cost(inputs, decision)}, and the cash is {_amount(inputs.cash)}"
        case "insufficient_shares":
            return f"{_quantity(decision.quantity)} are more than the {_quantity(inputs.shares)} held"
        case "collar":
            return f"{_quoted(decision.price)} is more than 5 % away from what was advised"
        case _:
            assert_never(decision.reason)


def _used_up(orders_day_max: int) -> str:
    if orders_day_max == 0:
        return "the settings allow no orders"
    return f"the day's {_ordinal(orders_day_max)} order was already out"


def _no_room(inputs: DecisionInputs, decision: Decision) -> str:
    bound = inputs.settings.g_high if decision.side == "BUY" else inputs.settings.g_low
    room = f"less than {_quantity(tradable_lot(inputs))} to {_verb(decision)}"
    return f"with {_share(decision)} in shares, the guardrail of {_percent_of(bound)} leaves {room}"


def _too_small(inputs: DecisionInputs, decision: Decision) -> str:
    if decision.quantity is None:
        lot = _quantity(tradable_lot(inputs))
        return f"the size of {_quantity(decision.raw_quantity)} is less than the smallest lot of {lot}"
    least = f"less than the smallest trade of {_amount(inputs.settings.min_notional)}"
    return f"{_size(decision)} come to {_amount(decision.notional)}, {least}"


def _cost(inputs: DecisionInputs, decision: Decision) -> str:
    if decision.notional is None:
        return "nothing"
    cost = decision.notional * (ONE + inputs.settings.commission_bps * BASIS_POINT)
    # Rounded up, so that a cost just above the cash never reads as equal to it.
    return f"{_amount(cost, ROUND_CEILING)} with commission"


def _verb(decision: Decision) -> str:
    return "buy" if decision.side == "BUY" else "sell"


def _size(decision: Decision) -> str:
    return f"{_quantity(decision.quantity)} at {_quoted(decision.price)}"


def _share(decision: Decision) -> str:
    return "nothing" if decision.asset_share is None else _percent(decision.asset_share)


def _percent(fraction: Decimal) -> str:
    return f"{plain(fraction.scaleb(2).quantize(Decimal('0.1'), ROUND_HALF_EVEN))} %"


def _percent_of(setting: Decimal) -> str:
    return f"{shortest(setting.scaleb(2))} %"


def _quoted(price: Decimal | None) -> str:
    return "no price" if price is None else plain(price)


def _price(derived: Decimal) -> str:
    return plain(_at_most(derived, max(4, 5 - derived.adjusted()), ROUND_HALF_EVEN))


def _quantity(units: Decimal | None) -> str:
    return "nothing" if units is None else shortest(_at_most(units, 12, ROUND_DOWN))


def _amount(money: Decimal | None, rounding: str = ROUND_DOWN) -> str:
    return "nothing" if money is None else plain(_at_most(money, 2, rounding))


def _at_most(number: Decimal, places: int, rounding: str) -> Decimal:
    rounded = number.quantize(ONE.scaleb(-places), rounding)
    return number if rounded == number else rounded


def _ordinal(number: int) -> str:
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    suffix = "th" if 11 <= number % 100 <= 13 else SUFFIXES.get(number % 10, "th")
    return f"{number}{suffix}"
