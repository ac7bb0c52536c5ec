"""How far sleeves have strayed from their targets (DOMAIN §8.3)."""

from collections.abc import Iterable
from fractions import Fraction

from domain.allocation.standing import Standing
from domain.policy import Policy


def drift(policy: Policy, held: Standing, sleeve: str) -> Fraction:
    """Weight among invested assets less target, as a part of one; with nothing invested every weight is 0."""
    return held.weight(sleeve) - Fraction(policy.targets[sleeve])


def is_actionable(policy: Policy, held: Standing, sleeve: str) -> bool:
    """Whether a sleeve has strayed strictly beyond its limit, on either side."""
    return abs(drift(policy, held, sleeve)) * 100 > Fraction(policy.drift_limit(sleeve))


def is_underweight(policy: Policy, held: Standing, sleeve: str) -> bool:
    """Whether a sleeve is actionably below its target."""
    return drift(policy, held, sleeve) < 0 and is_actionable(policy, held, sleeve)


def most_underweight_first(policy: Policy, held: Standing, sleeves: Iterable[str]) -> list[str]:
    """Actionably underweight sleeves by drift, then the others by drift; ties in the order of the policy."""
    wanted = set(sleeves)
    # sorted() keeps the order of what compares equal, and targeted stands in the order of the policy.
    return sorted(
        (sleeve for sleeve in policy.targeted if sleeve in wanted),
        key=lambda sleeve: (not is_underweight(policy, held, sleeve), drift(policy, held, sleeve)),
    )


def shortfall(policy: Policy, held: Standing, sleeve: str, amount: Fraction) -> Fraction:
    """What a sleeve lacks to its target once ``amount`` more is invested, zero at least."""
    wanted = Fraction(policy.targets[sleeve]) * (held.invested + amount)
    return max(Fraction(0), wanted - held.sleeve(sleeve))
