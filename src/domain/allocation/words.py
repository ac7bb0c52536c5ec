"""An advice in plain sentences."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from domain.allocation.advice import Line, Outcome
from domain.allocation.snapshot import Kind
from domain.numbers import shortest
from domain.policy import Policy

TriggerStatus = Literal["available", "recommended", "consumed"]

BECAUSE = {
    "monthly_default": "the month's order",
    "monthly_redirect": "the money goes where most is lacking",
    "quarterly_priority": "a priority of the quarter that has fallen behind",
    "manual": "what is lacking to the target",
    "rebalance": "what is above the target",
}


def line_sentence(line: Line, policy: Policy, currency: str) -> str:
    """A line with its reason: ``Buy 3 VWRP for 355.28 GBP: the month's order; core is at 35.2 % of 35 %.``"""
    verb = "Buy" if line.action == "BUY" else "Sell"
    size = f"{verb} {shortest(line.quantity)} {line.symbol} for {line.amount} {currency}"
    because = BECAUSE.get(line.source) or _trigger(line)
    if line.weight_before is None or line.sleeve is None:
        return f"{size}: {because}."
    weight = f"{line.sleeve} is at {_percent(line.weight_before)} of {_percent(policy.targets[line.sleeve])}"
    return f"{size}: {because}; {weight}."


def run_sentence(outcome: Outcome, kind: Kind, reason: str | None, lines: Sequence[Line]) -> str:
    """A run's outcome in one sentence."""
    match outcome:
        case "success":
            orders = "one order" if len(lines) == 1 else f"{len(lines)} orders"
            return f"Advises {orders}."
        case "blocked_frozen":
            return f"Advises nothing, the portfolio is frozen: {reason}"
        case "blocked_dq":
            return f"Advises nothing, the data cannot be trusted: {reason}"
        case "no_action":
            looked_only = kind == "weekly_review" and reason == "no_budget"
            because = "a weekly review spends nothing" if looked_only else NOTHING.get(reason or "", reason)
            return f"Nothing to do: {because}."


NOTHING = {
    "no_budget": "there is no free cash to spend",
    "no_meaningful_drift": "no sleeve has strayed far enough",
    "below_lot": "the money is less than one lot",
    "below_min": "every order would be smaller than the smallest trade",
    "no_staged_cash": "the cash park is empty",
    "nothing_to_buy": "the proceeds could buy nothing",
}


def trigger_sentence(code: str, status: TriggerStatus) -> str:
    """How a wave or sunset stands: ``Wave A can fire.``"""
    called = _called(code)
    return f"{called[0].upper()}{called[1:]} {STANDS[status]}."


STANDS: dict[TriggerStatus, str] = {
    "available": "can fire",
    "recommended": "has fired, and its advice is open",
    "consumed": "is used up",
}


def _trigger(line: Line) -> str:
    return _called(line.trigger or "")


def _called(code: str) -> str:
    kind, _, which = code.partition(":")
    return f"wave {which}" if kind == "wave" else f"the sunset of {which}"


def _percent(part: Decimal) -> str:
    return f"{shortest((part * 100).quantize(Decimal('0.1')))} %"
