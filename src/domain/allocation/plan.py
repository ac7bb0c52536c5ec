"""The allocation engine: one snapshot and one policy in, one advice out (DOMAIN §8)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from uuid import UUID

from domain.allocation import cadence, triggers
from domain.allocation.advice import Advice, Line, Outcome, SleeveWeight, Source, Suppressed
from domain.allocation.deploy import Want
from domain.allocation.drift import drift, is_actionable
from domain.allocation.friction import Friction, Order, booked, decimal_units
from domain.allocation.snapshot import Constituent, Snapshot
from domain.allocation.standing import Move, Standing, standing
from domain.allocation.words import line_sentence, run_sentence
from domain.numbers import EXACT, exactly
from domain.policy import Policy

ENGINE = "allocation.1"
WEIGHT_STEP = Decimal("0.000001")


@exactly
def plan(snapshot: Snapshot, policy: Policy) -> Advice:
    """What to do now. Equal snapshots and policies give equal bytes, on every machine.

    Raises ValueError for a snapshot of another engine or of another policy's constituents.
    """
    if snapshot.engine != ENGINE:
        raise ValueError(f"this is {ENGINE}, and the snapshot is for {snapshot.engine}")
    blocked = _blocked(snapshot, policy)
    if blocked is not None:
        outcome, reason = blocked
        return Advice(
            engine=ENGINE,
            outcome=outcome,
            reason=reason,
            sentence=run_sentence(outcome, snapshot.kind, reason, ()),
        )
    before = standing(snapshot)
    friction = cadence.friction_of(policy, snapshot)
    fired, suppressed = triggers.fire(policy, snapshot, before, _sunset_friction(policy, friction))
    held = before
    for each in fired:
        held = held.after(each.moves)
    ordered = cadence.order(policy, snapshot, held, friction)
    drafts = [*_of_triggers(fired), *_of_cadence(ordered)]
    after = before.after(draft.move for draft in drafts)
    change = _Change(snapshot, policy, before, after)
    lines = tuple(_line(draft, change) for draft in drafts)
    left_out = (*_outside(snapshot), *suppressed, *ordered.suppressed)
    idle = None if lines else _reason(left_out)
    said: Outcome = "success" if lines else "no_action"
    return Advice(
        engine=ENGINE,
        outcome=said,
        reason=idle,
        sentence=run_sentence(said, snapshot.kind, idle, lines),
        lines=lines,
        suppressed=left_out,
        sleeves=tuple(_sleeve(policy, before, after, sleeve) for sleeve in policy.targeted),
        triggers=tuple(each.trigger.code for each in fired),
    )


def required_listings(policy: Policy, snapshot: Snapshot) -> list[Constituent]:
    """The constituents whose price a run needs: every one held, and the first of each targeted sleeve."""
    held = {each.listing_id for each in snapshot.holdings if each.quantity}
    targeted = frozenset(policy.targeted)
    first: dict[str, UUID] = {}
    for each in snapshot.constituents:
        if each.role == "invested" and each.sleeve in targeted:
            first.setdefault(each.sleeve, each.listing_id)
    wanted = held | {*first.values()}
    ordered = {each.ticker for each in policy.cadence.monthly.default_orders}
    return [each for each in snapshot.constituents if each.listing_id in wanted or each.symbol in ordered]


def _blocked(snapshot: Snapshot, policy: Policy) -> tuple[Outcome, str] | None:
    if snapshot.gates.frozen is not None:
        return "blocked_frozen", snapshot.gates.frozen
    if snapshot.gates.critical and policy.data_quality.block_recommendations_on_any_critical_alert:
        return "blocked_dq", snapshot.gates.critical[0]
    if snapshot.gates.untold:
        return "blocked_dq", snapshot.gates.untold[0]
    prices = {each.listing_id: each for each in snapshot.prices}
    for each in required_listings(policy, snapshot):
        price = prices.get(each.listing_id)
        if price is None:
            return "blocked_dq", f"There is no price of {each.symbol}."
        if price.problem is not None:
            return "blocked_dq", f"The price of {each.symbol} cannot be used: {price.problem}."
    return None


def _sunset_friction(policy: Policy, friction: Friction) -> Friction:
    """Sunsets keep the month's smallest trade whatever kind of run they fire in."""
    return replace(friction, min_trade=Fraction(policy.cadence.monthly.min_trade))


@dataclass(frozen=True, slots=True)
class _Draft:
    order: Order
    is_sale: bool
    source: Source
    trigger: str | None
    rules: tuple[str, ...]

    @property
    def move(self) -> Move:
        units = -self.order.units if self.is_sale else self.order.units
        return Move(self.order.want.constituent, units)


def _of_triggers(fired: Iterable[triggers.Fired]) -> Iterator[_Draft]:
    for each in fired:
        code = each.trigger.code
        sale = Want(each.park, Fraction(0), each.source, (code,))
        yield _Draft(Order(sale, each.units), is_sale=True, source=each.source, trigger=code, rules=(code,))
        for order in each.buys:
            yield _Draft(order, is_sale=False, source=each.source, trigger=code, rules=order.want.rules)


def _of_cadence(ordered: cadence.Ordered) -> Iterator[_Draft]:
    for is_sale, orders in ((True, ordered.sells), (False, ordered.buys)):
        for order in orders:
            yield _Draft(order, is_sale, order.want.source, None, order.want.rules)


@dataclass(frozen=True, slots=True)
class _Change:
    """What the lines are told from: the snapshot, and the standing before and after all of them."""

    snapshot: Snapshot
    policy: Policy
    before: Standing
    after: Standing

    def price(self, constituent: Constituent) -> Decimal:
        """The price in the quote unit."""
        return next(each.price for each in self.snapshot.prices if each.listing_id == constituent.listing_id)


def _line(draft: _Draft, change: _Change) -> Line:
    constituent = draft.order.want.constituent
    currency = change.snapshot.currency
    is_park = constituent.role == "cash_park"
    weights = [
        None if is_park else _weight(held, constituent.sleeve) for held in (change.before, change.after)
    ]
    line = Line(
        action="SELL" if draft.is_sale else "BUY",
        listing_id=constituent.listing_id,
        symbol=constituent.symbol,
        sleeve=constituent.sleeve,
        quantity=decimal_units(draft.order.units),
        price=change.price(constituent),
        amount=booked(draft.order.units * change.before.unit_value(constituent), currency),
        source=draft.source,
        trigger=draft.trigger,
        funding="none" if draft.is_sale else "cash_park" if draft.trigger else "free_cash",
        weight_before=weights[0],
        weight_after=weights[1],
        rules=draft.rules,
        sentence="",
    )
    return line.model_copy(update={"sentence": line_sentence(line, change.policy, currency)})


def _sleeve(policy: Policy, before: Standing, after: Standing, sleeve: str) -> SleeveWeight:
    return SleeveWeight(
        sleeve=sleeve,
        target=policy.targets[sleeve],
        before=_weight(before, sleeve),
        after=_weight(after, sleeve),
        drift=_decimal(drift(policy, before, sleeve) * 100).quantize(WEIGHT_STEP, ROUND_HALF_EVEN),
        actionable=is_actionable(policy, before, sleeve),
    )


def _weight(held: Standing, sleeve: str) -> Decimal:
    return _decimal(held.weight(sleeve)).quantize(WEIGHT_STEP, ROUND_HALF_EVEN)


def _decimal(number: Fraction) -> Decimal:
    return EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))


def _outside(snapshot: Snapshot) -> Iterator[Suppressed]:
    known = {each.listing_id for each in snapshot.constituents}
    for each in snapshot.holdings:
        if each.listing_id not in known and each.quantity:
            sentence = f"{each.symbol} is held outside of the policy, and is not weighed."
            yield Suppressed(
                rule="outside_policy", listing_id=each.listing_id, subject=each.symbol, sentence=sentence
            )


def _reason(left_out: Iterable[Suppressed]) -> str:
    """Why nothing is advised: the first thing that kept an order back."""
    return next((each.rule for each in left_out if each.rule != "outside_policy"), "no_meaningful_drift")
