"""What holds for every portfolio that a run advises (DOMAIN §8)."""

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.allocation import Advice, Kind, Snapshot, plan
from domain.allocation.cadence import budget
from domain.allocation.drift import drift
from domain.allocation.standing import Move, Standing, standing
from domain.policy import Policy
from policy_examples import PRICES, policy, snapshot

KINDS: st.SearchStrategy[Kind] = st.sampled_from(("weekly_review", "monthly", "quarterly", "manual"))
UNITS = st.integers(0, 5000)
PENCE = st.decimals(Decimal(1), Decimal(300000), places=2)
CASH = st.decimals(Decimal(0), Decimal(30_000), places=2)
WEIGHTS = st.tuples(st.integers(1, 100), *[st.integers(0, 100)] * 5)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Policies of all weights, limits and minimums."""
    parts = draw(WEIGHTS)
    # In whole millionths, so that they sum to one exactly.
    shares = [part * 1_000_000 // sum(parts) for part in parts]
    shares[parts.index(max(parts))] += 1_000_000 - sum(shares)
    sleeves = ["core", "small_cap", "energy", "healthcare", "short_gilts", "semis"]
    return policy(
        targets={sleeve: share / 1_000_000 for sleeve, share in zip(sleeves, shares, strict=True)},
        cadence__monthly__max_orders=draw(st.integers(2, 6)),
        cadence__monthly__min_trade_gbp=draw(st.integers(0, 500)),
        cadence__quarterly__max_orders=draw(st.integers(1, 6)),
        constraints={
            "cost_per_order_gbp": draw(st.integers(0, 12)),
            "allow_rebalance_sells": draw(st.booleans()),
        },
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Portfolios of any size, at any prices, fallen any distance."""
    return snapshot(
        draw(KINDS),
        cash=str(draw(CASH)),
        holdings={ticker: draw(UNITS) for ticker in PRICES},
        prices={ticker: str(draw(PENCE)) for ticker in PRICES},
        drawdown=draw(st.none() | st.sampled_from(["0", "0.1", "0.15", "0.2", "0.6"])),
        used=tuple(draw(st.sets(st.sampled_from(["wave:A", "wave:B"])))),
    )


def moved(held: Standing, advice: Advice) -> Standing:
    """The standing after all lines."""
    symbols = {each.symbol: each for each in held.constituents}
    signs = {"BUY": 1, "SELL": -1}
    return held.after(
        Move(symbols[line.symbol], Fraction(line.quantity) * signs[line.action]) for line in advice.lines
    )


def spent(advice: Advice, funding: str) -> Decimal:
    """What the lines of one funding cost."""
    return sum((line.amount for line in advice.lines if line.funding == funding), Decimal(0))


@settings(max_examples=50)
@given(snapshots(), policies())
def test_no_line_spends_what_is_not_there(shot: Snapshot, rules: Policy) -> None:
    """Free cash pays its own lines, and each trigger's proceeds pay its own; the park is never sold short."""
    advice = plan(shot, rules)
    proceeds = sum(
        (line.amount for line in advice.lines if line.action == "SELL" and line.trigger), Decimal(0)
    )
    rebalanced = sum((line.amount for line in advice.lines if line.source == "rebalance"), Decimal(0))
    assert Fraction(spent(advice, "free_cash")) <= budget(rules, shot) + Fraction(rebalanced)
    assert spent(advice, "cash_park") <= proceeds
    assert all(units >= 0 for units in moved(standing(shot), advice).units.values())


@settings(max_examples=50)
@given(snapshots(), policies())
def test_weights_sum_to_one_before_and_after(shot: Snapshot, rules: Policy) -> None:
    """Of all sleeves with a target, unless some that have none hold something."""
    advice = plan(shot, rules)
    held = standing(shot)
    for stand in (held, moved(held, advice)):
        if stand.invested:
            weights = [
                drift(rules, stand, sleeve) + Fraction(rules.targets[sleeve]) for sleeve in rules.targets
            ]
            assert sum(weights) == 1


@settings(max_examples=50)
@given(snapshots(), policies())
def test_orders_are_few_and_large_enough(shot: Snapshot, rules: Policy) -> None:
    """The limit counts what free cash and rebalancing do; the minimum counts for all but waves and their sales."""
    advice = plan(shot, rules)
    limits = (
        rules.cadence.quarterly
        if shot.kind == "quarterly" and rules.cadence.quarterly
        else rules.cadence.monthly
    )
    ordinary = [line for line in advice.lines if line.trigger is None]
    if shot.kind != "manual":
        assert len([line for line in ordinary if line.action == "BUY"]) <= limits.max_orders
    least = Decimal("0.005")
    assert all(line.amount + least >= limits.min_trade for line in ordinary)
    assert all(
        line.quantity > 0 and line.quantity == line.quantity.to_integral_value() for line in advice.lines
    )


@settings(max_examples=50)
@given(snapshots(), policies())
def test_no_sleeve_without_a_trigger_strays_further_above_its_target_than_one_lot_and_the_limits_rest(
    shot: Snapshot, rules: Policy
) -> None:
    """Money given by what is lacking takes no sleeve beyond its target; only the first order gets the limit's rest."""
    advice = plan(shot.model_copy(update={"drawdown": None}), rules)
    held = standing(shot)
    after = moved(held, advice)
    chosen = [
        line for line in advice.lines if line.source in {"monthly_redirect", "quarterly_priority", "manual"}
    ]
    for line in chosen:
        if "order_limit_to_first" not in line.rules and line.sleeve is not None:
            was, now = drift(rules, held, line.sleeve), drift(rules, after, line.sleeve)
            assert was < 0 or now <= was or abs(now) <= abs(was) or now <= 0


@settings(max_examples=50)
@given(snapshots(), policies())
def test_whatever_lacks_something_and_gets_nothing_is_reported(shot: Snapshot, rules: Policy) -> None:
    """Each sleeve of a run by what is lacking has a line or a reason, as long as there was money."""
    advice = plan(shot.model_copy(update={"kind": "manual", "drawdown": None, "gates": shot.gates}), rules)
    told = {line.sleeve for line in advice.lines} | {
        sleeve
        for each in advice.suppressed
        for sleeve in rules.targeted
        if each.subject in {sleeve, rules.of_sleeve(sleeve)[0].ticker}
    }
    held = standing(shot)
    lacking = {sleeve for sleeve in rules.targeted if drift(rules, held, sleeve) < 0}
    if shot.cash > 0 and lacking:
        assert lacking <= told
    elif shot.cash == 0:
        assert "no_budget" in {each.rule for each in advice.suppressed}


@settings(max_examples=50)
@given(snapshots(), policies(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_changes_no_byte(
    shot: Snapshot, rules: Policy, chance: random.Random
) -> None:
    """Neither of the snapshot nor of the advice."""
    fields: Mapping[str, list[object]] = {
        name: list(getattr(shot, name)) for name in ("holdings", "prices", "used")
    }
    for values in fields.values():
        chance.shuffle(values)
    shuffled = Snapshot.model_validate(shot.model_dump() | {name: tuple(v) for name, v in fields.items()})
    assert shuffled.document() == shot.document()
    assert plan(shuffled, rules).document() == plan(shot, rules).document()


@settings(max_examples=50)
@given(snapshots(), policies())
def test_a_snapshot_read_back_from_its_document_gives_the_same_advice(shot: Snapshot, rules: Policy) -> None:
    """What is kept is everything that was decided on."""
    from domain.allocation.snapshot import read_snapshot

    again = read_snapshot(shot.document())
    assert again.hash == shot.hash
    assert plan(again, rules).document() == plan(shot, rules).document()
