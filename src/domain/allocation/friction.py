"""Make orders of wanted amounts, few and large enough to be worth their cost (DOMAIN §8.7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from domain.allocation.advice import Suppressed, Suppression
from domain.allocation.deploy import Want
from domain.allocation.snapshot import Constituent
from domain.allocation.standing import Standing, whole_lots
from domain.money import minor_unit
from domain.numbers import EXACT, shortest


@dataclass(frozen=True, slots=True)
class Friction:
    """The smallest order, how many there may be (None: any number), what each costs, and in which currency."""

    currency: str
    min_trade: Fraction
    orders_max: int | None
    cost_per_order: Fraction


@dataclass(frozen=True, slots=True)
class Order:
    """Whole lots of an instrument to be bought for at most the amount that was wanted."""

    want: Want
    units: Fraction


def orders(wants: Iterable[Want], held: Standing, friction: Friction) -> tuple[list[Order], list[Suppressed]]:
    """The orders that wanted amounts come to, in their order, and what became of the others.

    Units are rounded down line by line and what that leaves stays cash; then small orders go, then those beyond
    the limit, whose amounts go to the first order.
    """
    kept: list[Order] = []
    suppressed: list[Suppressed] = []
    for want in wants:
        order = _order(want, held, friction)
        value = order.units * held.unit_value(want.constituent)
        if not order.units:
            suppressed.append(_suppressed("below_lot", want, friction, "comes to less than one lot"))
        elif value < friction.min_trade:
            least = f"is less than the smallest trade of {spoken(friction.min_trade, friction.currency)}"
            suppressed.append(_suppressed("below_min", replace(want, amount=value), friction, least))
        else:
            kept.append(order)
    within, beyond = _limited(kept, friction.orders_max)
    limit = f"is beyond the limit of {friction.orders_max} orders"
    suppressed += [_suppressed("order_limit", order.want, friction, limit) for order in beyond]
    if beyond and within:
        first = within[0].want
        more = first.amount + sum((order.want.amount for order in beyond), Fraction(0))
        rules = (*first.rules, "order_limit_to_first")
        within[0] = _order(replace(first, amount=more, rules=rules), held, friction)
    return within, suppressed


def _limited(kept: Sequence[Order], most: int | None) -> tuple[list[Order], list[Order]]:
    return (list(kept), []) if most is None else (list(kept[:most]), list(kept[most:]))


def _order(want: Want, held: Standing, friction: Friction) -> Order:
    unit_value = held.unit_value(want.constituent)
    # On the grid of booked money, so that the orders' rounded amounts never sum to more than there is.
    amount = rounded_down(want.amount, friction.currency) - friction.cost_per_order
    units = whole_lots(amount / unit_value, want.constituent.lot) if unit_value else Fraction(0)
    return Order(want, units)


def rounded_down(amount: Fraction, currency: str) -> Fraction:
    """An amount down to the currency's minor unit."""
    unit = Fraction(minor_unit(currency))
    return amount // unit * unit


def booked(amount: Fraction, currency: str) -> Decimal:
    """An amount as it would be booked: half-even to the minor unit."""
    unit = minor_unit(currency)
    return Decimal(round(amount / Fraction(unit))) * unit


def spoken(amount: Fraction, currency: str) -> str:
    """An amount as sentences say it."""
    return f"{booked(amount, currency)} {currency}"


def _suppressed(rule: Suppression, want: Want, friction: Friction, why: str) -> Suppressed:
    constituent: Constituent = want.constituent
    sentence = f"{spoken(want.amount, friction.currency)} of {constituent.symbol} {why}."
    return Suppressed(
        rule=rule, listing_id=constituent.listing_id, subject=constituent.symbol, sentence=sentence
    )


def decimal_units(units: Fraction) -> Decimal:
    """Units as a decimal; lots are decimals, so whole lots of them are too."""
    return Decimal(shortest(EXACT.divide(Decimal(units.numerator), Decimal(units.denominator))))
