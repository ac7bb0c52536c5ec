"""What each kind of run does with free cash: the month's orders, a redirect, a quarter's priorities (DOMAIN §8.5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from domain.allocation.advice import Source, Suppressed, Suppression
from domain.allocation.deploy import Want, by_shortfall, most_underweight
from domain.allocation.drift import is_actionable, is_underweight, most_underweight_first, shortfall
from domain.allocation.friction import Friction, Order, orders, rounded_down, spoken
from domain.allocation.snapshot import Constituent, Snapshot
from domain.allocation.standing import Move, Standing, whole_lots
from domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a run orders with free cash: sales first, then buys; and what it left out."""

    sells: Sequence[Order] = ()
    buys: Sequence[Order] = ()
    suppressed: list[Suppressed] = field(default_factory=list)


def budget(policy: Policy, snapshot: Snapshot) -> Fraction:
    """The free cash that a run may spend: twice the contribution at most, all of it when asked for by hand."""
    cash = max(Fraction(0), Fraction(snapshot.cash))
    match snapshot.kind:
        case "weekly_review":
            return Fraction(0)
        case "manual":
            return cash
        case "monthly" | "quarterly":
            return min(cash, 2 * Fraction(policy.cadence.monthly.contribution))


def friction_of(policy: Policy, snapshot: Snapshot) -> Friction:
    """The limits of this kind of run: the quarter has its own, the others the month's, by hand without a limit."""
    monthly, quarterly = policy.cadence.monthly, policy.cadence.quarterly
    limits = quarterly if snapshot.kind == "quarterly" and quarterly is not None else monthly
    return Friction(
        currency=snapshot.currency,
        min_trade=Fraction(limits.min_trade),
        orders_max=None if snapshot.kind == "manual" else limits.max_orders,
        cost_per_order=Fraction(policy.constraints.cost_per_order),
    )


def order(policy: Policy, snapshot: Snapshot, held: Standing, friction: Friction) -> Ordered:
    """The orders of a run on what its triggers leave."""
    amount = rounded_down(budget(policy, snapshot), snapshot.currency)
    sells = _rebalancing_sells(policy, snapshot, held)
    if sells:
        held = held.after([Move(each.want.constituent, -each.units) for each in sells])
        amount += sum((rounded_down(each.want.amount, snapshot.currency) for each in sells), Fraction(0))
        friction = _fewer(friction, len(sells))
    if not amount:
        return Ordered(suppressed=[_no_budget(snapshot)])
    wants, unserved = _wants(policy, snapshot, held, amount)
    buys, suppressed = orders(wants, held, friction)
    suppressed += [_unserved(policy, held, sleeve, amount, snapshot.currency) for sleeve in unserved]
    return Ordered(sells, buys, suppressed)


def _wants(
    policy: Policy, snapshot: Snapshot, held: Standing, amount: Fraction
) -> tuple[list[Want], list[str]]:
    match snapshot.kind:
        case "monthly" | "weekly_review":
            return _monthly(policy, held, amount)
        case "quarterly":
            return _quarterly(policy, held, amount)
        case "manual":
            sleeves = sorted(policy.targeted, key=lambda each: -shortfall(policy, held, each, amount))
            return by_shortfall(
                policy, held, amount, [(sleeve, "manual", "by_shortfall") for sleeve in sleeves]
            )


def _monthly(policy: Policy, held: Standing, amount: Fraction) -> tuple[list[Want], list[str]]:
    """The default orders, unless a sleeve is actionably underweight: then all goes where most is lacking."""
    if any(is_underweight(policy, held, sleeve) for sleeve in policy.targeted):
        return most_underweight(policy, held, amount, policy.targeted, "monthly_redirect")
    return _defaults(policy, held, amount), []


def _defaults(policy: Policy, held: Standing, amount: Fraction) -> list[Want]:
    monthly = policy.cadence.monthly
    scale = amount / Fraction(monthly.contribution)
    symbols = {each.symbol: each for each in held.constituents}
    rules = ("default_orders",) if scale == 1 else ("default_orders", "scaled_to_budget")
    return [
        Want(symbols[each.ticker], Fraction(each.amount) * scale, "monthly_default", rules)
        for each in monthly.default_orders
    ]


def _quarterly(policy: Policy, held: Standing, amount: Fraction) -> tuple[list[Want], list[str]]:
    """The priorities that are actionably underweight, in the policy's order, then the most underweight."""
    quarterly = policy.cadence.quarterly
    priorities = quarterly.priority_underweight_sleeves if quarterly else ()
    if not any(is_actionable(policy, held, sleeve) for sleeve in policy.targeted):
        defaults = quarterly is None or quarterly.fallback_to_monthly_defaults_when_no_meaningful_drift
        return (_defaults(policy, held, amount), []) if defaults else ([], [])
    first = [sleeve for sleeve in priorities if is_underweight(policy, held, sleeve)]
    others = [each for each in most_underweight_first(policy, held, policy.targeted) if each not in first]
    order: list[tuple[str, Source, str]] = [
        *((sleeve, "quarterly_priority", "priority_underweight") for sleeve in first),
        *((sleeve, "monthly_redirect", "most_underweight") for sleeve in others),
    ]
    return by_shortfall(policy, held, amount, order)


def _rebalancing_sells(policy: Policy, snapshot: Snapshot, held: Standing) -> list[Order]:
    """Bring actionably overweight sleeves down to their targets, a quarter at a time and only where allowed."""
    if snapshot.kind != "quarterly" or not policy.constraints.allow_rebalance_sells:
        return []
    sells: list[Order] = []
    for sleeve in policy.targeted:
        if is_actionable(policy, held, sleeve) and not is_underweight(policy, held, sleeve):
            excess = held.sleeve(sleeve) - Fraction(policy.targets[sleeve]) * held.invested
            sells += _sells(held, sleeve, excess, Fraction(friction_of(policy, snapshot).min_trade))
    return sells


def _sells(held: Standing, sleeve: str, excess: Fraction, least: Fraction) -> list[Order]:
    sells: list[Order] = []
    for constituent in (each for each in held.constituents if each.sleeve == sleeve):
        price = held.unit_value(constituent)
        amount = min(excess, held.value(constituent))
        units = whole_lots(amount / price, constituent.lot) if price else Fraction(0)
        if units and units * price >= least:
            want = Want(constituent, units * price, "rebalance", ("overweight_to_target",))
            sells.append(Order(want, units))
            excess -= units * price
    return sells


def _fewer(friction: Friction, orders_placed: int) -> Friction:
    most = friction.orders_max
    return replace(friction, orders_max=None if most is None else max(0, most - orders_placed))


def _no_budget(snapshot: Snapshot) -> Suppressed:
    if snapshot.kind == "weekly_review":
        return Suppressed(rule="no_budget", sentence="A weekly review spends nothing of the free cash.")
    return Suppressed(rule="no_budget", sentence="There is no free cash to spend.")


def _unserved(policy: Policy, held: Standing, sleeve: str, amount: Fraction, currency: str) -> Suppressed:
    rule: Suppression = "budget"
    constituent: Constituent = held.first_of(sleeve)
    lacking = spoken(shortfall(policy, held, sleeve, amount), currency)
    return Suppressed(
        rule=rule,
        listing_id=constituent.listing_id,
        subject=sleeve,
        sentence=f"The sleeve {sleeve} lacks {lacking}; the money was spent before its turn.",
    )
