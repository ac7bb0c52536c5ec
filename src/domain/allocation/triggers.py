"""Waves and sunsets: staged cash that leaves the park once, when its hour has come (DOMAIN §8.6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.allocation.advice import Source, Suppressed, Suppression
from domain.allocation.deploy import Want, fixed_allocation, most_underweight
from domain.allocation.friction import Friction, Order, orders, rounded_down, spoken
from domain.allocation.snapshot import Constituent, Snapshot
from domain.allocation.standing import Move, Standing, whole_lots
from domain.numbers import shortest
from domain.policy import Policy, Sunset, Wave

Trigger = Wave | Sunset


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger whose hour has come: units of the park to sell, and what its proceeds buy."""

    trigger: Trigger
    source: Source
    park: Constituent
    units: Fraction
    buys: Sequence[Order]

    @property
    def moves(self) -> list[Move]:
        """The units that come and go when all of it is carried out."""
        bought = [Move(order.want.constituent, order.units) for order in self.buys]
        return [Move(self.park, -self.units), *bought]


def due(policy: Policy, snapshot: Snapshot) -> list[Trigger]:
    """The triggers that are available and whose condition holds: waves by level, then sunsets by date."""
    if policy.cash_park is None:
        return []
    waves = sorted(policy.cash_park.waves, key=lambda wave: wave.drawdown_trigger)
    sunsets = sorted(policy.cash_park.sunset, key=lambda sunset: sunset.date)
    found: list[Trigger] = [wave for wave in waves if _has_fallen_far_enough(policy, snapshot, wave)]
    found += [sunset for sunset in sunsets if snapshot.as_of.date() >= sunset.date]
    return [trigger for trigger in found if trigger.code not in snapshot.used]


def fire(
    policy: Policy, snapshot: Snapshot, held: Standing, friction: Friction
) -> tuple[list[Fired], list[Suppressed]]:
    """Fire what is due, each on what its predecessors leave. What can sell or buy nothing stays available."""
    fired: list[Fired] = []
    suppressed: list[Suppressed] = []
    for trigger in due(policy, snapshot):
        found, left_out = _fire_one(policy, held, friction, trigger)
        suppressed += left_out
        if found is not None:
            fired.append(found)
            held = held.after(found.moves)
    return fired, suppressed


def _fire_one(
    policy: Policy, held: Standing, friction: Friction, trigger: Trigger
) -> tuple[Fired | None, list[Suppressed]]:
    park = next(each for each in held.constituents if each.role == "cash_park")
    units = _units_to_sell(held, park, trigger)
    if not units:
        return None, [_left(trigger, park, "no_staged_cash", "there is nothing in the cash park to sell")]
    proceeds = rounded_down(units * held.unit_value(park), friction.currency) - friction.cost_per_order
    wants = list(_wants(policy, held, trigger, proceeds))
    buys, suppressed = orders(wants, held, _friction_of(trigger, friction))
    if not buys:
        why = f"the {spoken(proceeds, friction.currency)} that it would free can buy nothing"
        return None, [*suppressed, _left(trigger, park, "nothing_to_buy", why)]
    return Fired(trigger, _source(trigger), park, units, buys), suppressed


def _units_to_sell(held: Standing, park: Constituent, trigger: Trigger) -> Fraction:
    match trigger:
        case Wave():
            price = held.unit_value(park)
            amount = min(Fraction(trigger.deploy_amount), held.value(park))
            return whole_lots(amount / price, park.lot) if price else Fraction(0)
        case Sunset():
            return whole_lots(Fraction(trigger.deploy_fraction_of_remaining) * held.held(park), park.lot)


def _wants(policy: Policy, held: Standing, trigger: Trigger, amount: Fraction) -> Iterator[Want]:
    sleeves = trigger.eligible_sleeves if isinstance(trigger, Wave) else trigger.deploy_to_sleeves
    source = _source(trigger)
    if trigger.deploy_strategy == "fixed_allocation":
        wants = fixed_allocation(policy, held, amount, sleeves, source)
    else:
        wants, _ = most_underweight(policy, held, amount, sleeves, source)
    for want in wants:
        yield replace(want, rules=(trigger.code, *want.rules))


def _friction_of(trigger: Trigger, friction: Friction) -> Friction:
    """Trigger lines are outside the limit of orders, and waves take any size too."""
    least = Fraction(0) if isinstance(trigger, Wave) else friction.min_trade
    return replace(friction, orders_max=None, min_trade=least)


def _source(trigger: Trigger) -> Source:
    return "wave" if isinstance(trigger, Wave) else "sunset"


def _has_fallen_far_enough(policy: Policy, snapshot: Snapshot, wave: Wave) -> bool:
    if not policy.triggers.wave_triggers_enabled or snapshot.drawdown is None:
        return False
    return snapshot.drawdown >= wave.drawdown_trigger


def _left(trigger: Trigger, park: Constituent, rule: Suppression, why: str) -> Suppressed:
    return Suppressed(
        rule=rule,
        listing_id=park.listing_id,
        subject=trigger.code,
        sentence=f"{spoken_trigger(trigger)} is due and stays available: {why}.",
    )


def spoken_trigger(trigger: Trigger) -> str:
    """A trigger as sentences call it."""
    match trigger:
        case Wave():
            return f"Wave {trigger.name}, at a drawdown of {shortest(trigger.drawdown_trigger * 100)} %,"
        case Sunset():
            return f"The sunset of {trigger.date.isoformat()}"
