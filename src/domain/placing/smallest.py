"""The smallest order that a policy allows for a line of its advice (DOMAIN §8.7)."""

from decimal import Decimal

from domain.allocation.advice import Line
from domain.money import ZERO
from domain.policy import Policy


def smallest(policy: Policy, kind: str, line: Line) -> Decimal:
    """In the base currency: the quarter has its own, sunsets keep the month's, waves and sales have none."""
    if line.action == "SELL" or line.source == "wave":
        return ZERO
    monthly, quarterly = policy.cadence.monthly, policy.cadence.quarterly
    if kind == "quarterly" and quarterly is not None and line.source != "sunset":
        return Decimal(quarterly.min_trade)
    return Decimal(monthly.min_trade)
