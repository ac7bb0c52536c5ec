"""Spread an amount over instruments: what each should get, before any rounding to units (DOMAIN §8.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.allocation.advice import Source
from domain.allocation.drift import most_underweight_first, shortfall
from domain.allocation.snapshot import Constituent
from domain.allocation.standing import Standing
from domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Want:
    """An amount of the base currency that one instrument should get, and the rules that say so."""

    constituent: Constituent
    amount: Fraction
    source: Source
    rules: tuple[str, ...]


def by_shortfall(
    policy: Policy,
    held: Standing,
    amount: Fraction,
    order: Sequence[tuple[str, Source, str]],
) -> tuple[list[Want], list[str]]:
    """Give sleeves in this order (sleeve, source, rule) what they lack, until the amount is spent.

    Answers what each gets, and the sleeves that lack something and get nothing because it was spent before.
    """
    wants, unserved = [], []
    left = amount
    for sleeve, source, rule in order:
        lacking = shortfall(policy, held, sleeve, amount)
        given = min(lacking, left)
        if given > 0:
            wants.append(Want(held.first_of(sleeve), given, source, (rule,)))
            left -= given
        elif lacking > 0:
            unserved.append(sleeve)
    return wants, unserved


def most_underweight(
    policy: Policy, held: Standing, amount: Fraction, sleeves: Sequence[str], source: Source
) -> tuple[list[Want], list[str]]:
    """Give the most underweight of some sleeves what they lack first; see by_shortfall."""
    order = most_underweight_first(policy, held, sleeves)
    return by_shortfall(policy, held, amount, [(sleeve, source, "most_underweight") for sleeve in order])


def fixed_allocation(
    policy: Policy, held: Standing, amount: Fraction, sleeves: Sequence[str], source: Source
) -> list[Want]:
    """Split an amount by the sleeves' target weights, in the order of the policy."""
    wanted = [sleeve for sleeve in policy.targeted if sleeve in sleeves]
    whole = sum((Fraction(policy.targets[sleeve]) for sleeve in wanted), Fraction(0))
    return [
        Want(
            held.first_of(sleeve),
            amount * Fraction(policy.targets[sleeve]) / whole,
            source,
            ("fixed_allocation",),
        )
        for sleeve in wanted
    ]
