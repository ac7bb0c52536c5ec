"""What was decided of a line of advice, in one plain sentence."""

from decimal import ROUND_HALF_EVEN, Decimal

from domain.balancing.decision import Decision, DecisionInputs
from domain.numbers import plain, shortest

CENT = Decimal("0.01")


def sentence(inputs: DecisionInputs, decision: Decision, symbol: str) -> str:
    """What was decided about a line in ``symbol``, and why."""
    placement = inputs.placement
    if placement is None:
        raise ValueError("these inputs are of no line of advice")
    advised = f"{shortest(placement.quantity)} {symbol}"
    verb = "buy" if placement.side == "BUY" else "sell"
    if decision.outcome == "trade" and decision.quantity is not None and decision.price is not None:
        size = f"{shortest(decision.quantity)} {symbol} at {plain(decision.price)}"
        return f"Decided to {verb} {size}, as advised{_cut(inputs, decision)}."
    waits = "Waiting" if decision.outcome == "hold" else "Did not place the order"
    return f"{waits} to {verb} {advised}: {_obstacle(inputs, decision)}."


def _cut(inputs: DecisionInputs, decision: Decision) -> str:
    if decision.trimmed_by is None or decision.raw_quantity is None:
        return ""
    wanted = shortest(decision.raw_quantity)
    if decision.trimmed_by == "cash":
        return f"; of {wanted} advised, the {_amount(inputs.cash)} there is for it pays for no more"
    return f"; of {wanted} advised, no more are held"


def _obstacle(inputs: DecisionInputs, decision: Decision) -> str:
    placement, settings = inputs.placement, inputs.settings
    match decision.reason:
        case "no_price":
            return "there is no price"
        case "stale_price":
            return "the latest price is too old"
        case "paused":
            return "it is over"
        case "frozen":
            return "the portfolio is frozen"
        case "unreconciled":
            return "the books have not been reconciled with the broker yet"
        case "market_closed":
            return "the market is closed"
        case "duplicate":
            return "an order of it is open"
        case "daily_limit":
            return f"the settings allow {settings.max_orders_day} orders a day for it"
        case "collar" if placement is not None and decision.price is not None:
            return f"{plain(decision.price)} is more than 5 % away from the {plain(placement.advised_price)} advised"
        case "insufficient_cash":
            return f"the {_amount(inputs.cash)} there is for it pays for none at {_price(decision)}"
        case "insufficient_shares":
            return "none of it are held any more"
        case "below_min" if placement is not None:
            left = (
                "" if decision.quantity is None else f"the {shortest(decision.quantity)} that still fit are "
            )
            return f"{left}less than the smallest trade of {_amount(placement.min_trade)}"
        case _:
            return "it does not fit"


def _price(decision: Decision) -> str:
    return "no price" if decision.price is None else plain(decision.price)


def _amount(money: Decimal) -> str:
    return plain(money.quantize(CENT, ROUND_HALF_EVEN))
