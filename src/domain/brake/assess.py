"""What a portfolio has lost over a day, flows left aside, and whether that is more than it may (DOMAIN §2).

A flow is no loss and no gain: what came in is taken off what there is, what went is added to it. So flows never
trigger the brake, and nor does a trade at the market price, which turns money into shares of the same worth.

The loss is measured against what the portfolio was worth at the previous close. Where more than that has come in
since, it is measured against what came: else the first money of a portfolio, or one that was almost empty, could not
move at all.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from domain.balancing.exact import Ratio
from domain.brake.inputs import DayInputs, Stake
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import exactly, plain, shortest

RULE = "daily_loss.1"
DAILY_LOSS = "daily_loss"
"""The alert that calls a person."""

HUNDRED = Decimal(100)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A day in numbers, in the base currency. ``loss`` is below zero for a gain; ``base`` is what it is measured by.

    ``loss_pct`` is None where nothing was ever there.
    """

    before: Decimal
    came_in: Decimal
    value: Decimal
    loss: Decimal
    base: Decimal
    loss_pct: Decimal | None
    exceeded: bool


@exactly
def assess(inputs: DayInputs) -> Assessed:
    """What a portfolio has lost since the previous close, and whether it is more than the limit."""
    stakes = inputs.stakes
    before = inputs.cash_before + sum(
        (_worth(each, each.units_before, each.price_before) for each in stakes), ZERO
    )
    value = inputs.cash + sum((_worth(each, each.units, each.price) for each in stakes), ZERO)
    in_kind = [each.came_in_kind for each in stakes]
    came_in = inputs.came + sum((each for each in in_kind if each > 0), ZERO)
    flows = inputs.came - inputs.went + sum(in_kind, ZERO)
    loss = before + flows - value
    base = max(before, came_in)
    return Assessed(
        before=before,
        came_in=came_in,
        value=value,
        loss=loss,
        base=base,
        loss_pct=Ratio(loss * HUNDRED, base).rounded() if base > 0 else None,
        exceeded=base > 0 and loss * HUNDRED > inputs.limit_pct * base,
    )


@exactly
def sentence(inputs: DayInputs, day: Assessed, currency: str) -> str:
    """The loss in one plain sentence, for whoever has to lift the freeze."""
    begin = (
        "the previous close" if inputs.since is None else f"the freeze was lifted at {inputs.since:%H:%M} UTC"
    )
    lost, base = (plain(round_to_minor_unit(each, currency)) for each in (day.loss, day.base))
    of = f"the {base} {currency} that came in since" if day.base > day.before else f"{base} {currency}"
    # Rounded up, so that a loss just beyond the limit never reads as equal to it.
    percent = shortest((day.loss_pct or ZERO).quantize(HUNDREDTH, ROUND_CEILING))
    return (
        f"Since {begin} it has lost {lost} {currency}, deposits and withdrawals left aside. That is {percent} % of"
        f" {of}; more than {shortest(inputs.limit_pct)} % stops it."
    )


def _worth(stake: Stake, units: Decimal, price: Decimal) -> Decimal:
    return units * price * stake.unit_scale
