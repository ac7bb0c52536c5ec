"""The decision of DOMAIN §2: its examples to the share, its order of reasons, its edges and units."""

from decimal import Decimal
from itertools import combinations
from typing import Any, NamedTuple, get_args

import pytest

from domain.balancing import (
    ENGINE,
    ENGINES,
    Band,
    Decision,
    DecisionInputs,
    HoldReason,
    SkipReason,
    band,
    decide,
)

from .strategies import example


class Cause(NamedTuple):
    """What brings a reason about: inputs and settings other than the example's."""

    name: str
    reason: str
    inputs: dict[str, Any]
    settings: dict[str, Any]


# Every reason in the order of the law.
CAUSES = (
    Cause("no price", "no_price", {"price": None, "price_problem": "no_price"}, {}),
    Cause("stale price", "stale_price", {"price_problem": "stale_price"}, {}),
    Cause("paused", "paused", {"paused": True}, {}),
    Cause("within band", "within_band", {"price": "97.01"}, {}),
    Cause("frozen", "frozen", {"frozen": True}, {}),
    Cause("unreconciled", "unreconciled", {"reconciled": False}, {}),
    Cause("market closed", "market_closed", {"session_open": False}, {}),
    Cause("duplicate", "duplicate", {"open_order": True}, {}),
    Cause("daily limit", "daily_limit", {"orders_today": 5}, {}),
    Cause("guardrail", "guardrail", {}, {"g_high": "0.49"}),
    Cause("below a lot", "below_min", {}, {"r": "0.001"}),
    Cause("below the minimum", "below_min", {}, {"min_notional": "5044.01"}),
    Cause("insufficient cash", "insufficient_cash", {"cash": "5000", "receivable": "5000"}, {}),
)

SELLING_MORE_THAN_HELD = example("103", {"sizing": "fixed_fraction", "r": "1.2"}, cash="-20000")


def caused(*causes: Cause) -> DecisionInputs:
    """The example, which would buy, with every cause at once; where two touch one field the first wins."""
    inputs: dict[str, Any] = {"price": "97.00"}
    settings: dict[str, Any] = {}
    for cause in reversed(causes):
        inputs |= cause.inputs
        settings |= cause.settings
    return example(settings=settings, **inputs)


def outcome(decision: Decision) -> tuple[str, str | None, str | None, str | None]:
    quantity = None if decision.quantity is None else str(decision.quantity)
    return decision.outcome, decision.reason, decision.side, quantity


@pytest.mark.parametrize(
    ("price", "sizing", "side", "quantity"),
    [
        ("97.00", "anchor_ratio", "BUY", "52"),
        ("103", "anchor_ratio", "SELL", "50"),
        ("60", "anchor_ratio", "BUY", "99"),
        ("97", "proportional", "BUY", "3"),
        ("110", "proportional", "SELL", "8"),
        ("97", "fixed_fraction", "BUY", "51"),
        ("103", "fixed_fraction", "SELL", "50"),
    ],
)
def test_the_examples_trade_to_the_share(price: str, sizing: str, side: str, quantity: str) -> None:
    assert outcome(decide(example(price, {"sizing": sizing}))) == ("trade", None, side, quantity)


def test_the_example_just_inside_the_band_holds() -> None:
    assert outcome(decide(example("97.01"))) == ("hold", "within_band", None, None)


def test_a_trade_records_every_number_behind_it() -> None:
    assert decide(example("97.00")).model_dump(mode="json") == {
        "outcome": "trade",
        "reason": None,
        "side": "BUY",
        "raw_quantity": "104.6870018067807418429163567",
        "bound_quantity": "52",
        "quantity": "52",
        "price": "97.00",
        "price_source": "last",
        "notional": "5044.00",
        "asset_share": "0.4923857868020304568527918782",
        "projected_asset_share": "0.7484455591847742538138895292",
        "trimmed_by": "guardrail",
    }


def test_a_trade_within_the_guardrail_is_not_called_trimmed() -> None:
    decision = decide(example("97", {"sizing": "proportional"}))
    assert (decision.quantity, decision.bound_quantity, decision.trimmed_by) == (
        Decimal(3),
        Decimal(52),
        None,
    )


def test_a_guardrail_that_takes_less_than_a_lot_has_not_trimmed() -> None:
    decision = decide(example("97", {"sizing": "fixed_fraction", "r": "0.505"}))
    assert decision.raw_quantity is not None
    assert 52 < decision.raw_quantity < 53
    assert (decision.quantity, decision.trimmed_by) == (Decimal(52), None)


@pytest.mark.parametrize(
    ("price", "side"), [("97", "BUY"), ("97.0000000001", None), ("102.9999999999", None), ("103", "SELL")]
)
def test_both_edges_of_the_band_trigger_when_touched(price: str, side: str | None) -> None:
    assert decide(example(price)).side == side


def test_an_anchor_with_all_its_digits_is_touched_exactly() -> None:
    third = Decimal(100) / 3
    low, high = band(third, Decimal("0.03"))
    assert decide(example(str(high), anchor=third)).side == "SELL"
    assert decide(example(str(high - Decimal("1E-26")), anchor=third)).side is None
    assert decide(example(str(low), anchor=third)).side == "BUY"
    assert decide(example(str(low + Decimal("1E-26")), anchor=third)).side is None


def test_the_band_of_the_example() -> None:
    assert band(Decimal(100), Decimal("0.03")) == Band(
        buy_below=Decimal("97.00"), sell_above=Decimal("103.00")
    )


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_each_reason_has_its_cause(cause: Cause) -> None:
    assert decide(caused(cause)).reason == cause.reason


@pytest.mark.parametrize("position", range(len(CAUSES)), ids=lambda position: CAUSES[position].name)
def test_with_every_later_cause_present_the_earlier_reason_is_given(position: int) -> None:
    assert decide(caused(*CAUSES[position:])).reason == CAUSES[position].reason


@pytest.mark.parametrize(("earlier", "later"), list(combinations(CAUSES, 2)), ids=lambda cause: cause.name)
def test_of_two_causes_the_earlier_reason_is_given(earlier: Cause, later: Cause) -> None:
    assert decide(caused(earlier, later)).reason == earlier.reason


def test_selling_more_than_is_held_is_skipped() -> None:
    assert outcome(decide(SELLING_MORE_THAN_HELD)) == ("skip", "insufficient_shares", "SELL", "120")


def test_the_causes_cover_every_reason() -> None:
    reasons = [*get_args(HoldReason), *get_args(SkipReason)]
    assert [*dict.fromkeys(cause.reason for cause in CAUSES), "insufficient_shares"] == reasons


def test_a_hold_and_a_skip_say_what_they_are() -> None:
    outcomes = {cause.reason: decide(caused(cause)).outcome for cause in CAUSES}
    holds = dict.fromkeys(get_args(HoldReason), "hold")
    assert outcomes == {reason: holds.get(reason, "skip") for reason in outcomes}


def test_a_skip_records_what_was_known_when_it_applied() -> None:
    gated = decide(example("97.00", frozen=True))
    assert (gated.side, gated.price, gated.raw_quantity) == ("BUY", Decimal("97.00"), None)
    assert gated.asset_share == Decimal("0.4923857868020304568527918782")
    bounded = decide(example("97.00", {"g_high": "0.49"}))
    assert (bounded.bound_quantity, bounded.quantity, bounded.trimmed_by) == (Decimal(0), None, "guardrail")
    assert str(bounded.raw_quantity).startswith("104.687")
    unpaid = decide(example("97.00", cash="5000", receivable="5000"))
    assert (unpaid.quantity, unpaid.notional, unpaid.projected_asset_share) == (
        Decimal(52),
        Decimal("5044.00"),
        None,
    )


def test_a_stale_price_is_recorded_though_it_decides_nothing() -> None:
    decision = decide(example("97.00", price_problem="stale_price"))
    assert (decision.price, decision.side, decision.asset_share) == (Decimal("97.00"), None, None)


def test_after_hours_opens_a_closed_session() -> None:
    assert decide(example("97", {"after_hours": True}, session_open=False)).outcome == "trade"


@pytest.mark.parametrize(("orders_today", "reason"), [(4, None), (5, "daily_limit"), (6, "daily_limit")])
def test_the_daily_limit_counts_to_its_number(orders_today: int, reason: str | None) -> None:
    assert decide(example("97", orders_today=orders_today)).reason == reason


@pytest.mark.parametrize(("min_notional", "reason"), [("5044.00", None), ("5044.01", "below_min")])
def test_the_smallest_trade_is_large_enough(min_notional: str, reason: str | None) -> None:
    assert decide(example("97", {"min_notional": min_notional})).reason == reason


@pytest.mark.parametrize(("cash", "reason"), [("5044.5044", None), ("5044.5043", "insufficient_cash")])
def test_the_cash_pays_the_commission_too(cash: str, reason: str | None) -> None:
    inputs = example("97", cash=cash, receivable=Decimal(10000) - Decimal(cash))
    assert decide(inputs).reason == reason


def test_a_receivable_counts_in_sizing() -> None:
    with_receivable = decide(example("97", {"min_notional": "0"}, cash="9000", receivable="1000"))
    assert with_receivable == decide(example("97", {"min_notional": "0"}))


def test_pence_are_converted_once() -> None:
    decision = decide(example("8160.125", anchor="8412.5", unit_scale="0.01"))
    assert (decision.side, decision.quantity, decision.price) == ("BUY", Decimal(66), Decimal("8160.125"))
    assert decision.notional == Decimal("5385.6825")


def test_fractional_quantities_are_rounded_down_to_the_lot() -> None:
    assert decide(example("97", {"fractional": True}, lot="0.0001")).quantity == Decimal("52.3156")
    assert decide(example("97", {"fractional": True}, lot="0.3")).quantity == Decimal("52.2")


def test_without_fractional_the_lot_is_at_least_one() -> None:
    assert decide(example("97", lot="0.0001")).quantity == 52
    assert decide(example("97", lot="10")).quantity == 50


def test_a_quotient_that_would_round_up_to_a_lot_is_still_too_small() -> None:
    settings = {"sizing": "fixed_fraction", "r": "0.001", "min_notional": "0"}
    decision = decide(example("100", settings, shares="1999." + "9" * 30, cash="0", anchor="90"))
    assert (decision.raw_quantity, decision.quantity) == (Decimal(2), Decimal(1))


def test_without_value_there_is_no_share_and_no_trade() -> None:
    decision = decide(example("97", shares="0", cash="0"))
    assert (decision.reason, decision.asset_share) == ("guardrail", None)


def test_a_position_overdrawn_beyond_its_shares_has_no_share_and_no_breach() -> None:
    decision = decide(example("100", {"rebalance_on_breach": True}, cash="-20000"))
    assert (decision.reason, decision.asset_share) == ("within_band", None)


def test_a_commission_that_eats_the_last_of_the_value_leaves_no_share() -> None:
    settings = {"sizing": "fixed_fraction", "g_low": "0", "commission_bps": "100"}
    decision = decide(example("103", settings, cash="-10299"))
    assert (decision.quantity, decision.asset_share) == (Decimal(50), Decimal(10300))
    assert decision.projected_asset_share is None


@pytest.mark.parametrize(
    ("shares", "side", "quantity"),
    [("20", "BUY", "9"), ("900", "SELL", "150"), ("34", None, None), ("300", None, None)],
)
def test_drift_out_of_the_guardrails_is_traded_back_to_the_nearest(
    shares: str, side: str | None, quantity: str | None
) -> None:
    decision = decide(example("100", {"rebalance_on_breach": True}, shares=shares, cash="10000"))
    assert (*outcome(decision)[2:], decision.trimmed_by) == (side, quantity, None)


def test_drift_is_left_alone_unless_asked_for() -> None:
    assert decide(example("100", shares="20")).reason == "within_band"


def test_a_touched_band_comes_before_a_breach() -> None:
    inputs = example("103", {"rebalance_on_breach": True}, shares="20")
    assert outcome(decide(inputs)) == ("skip", "guardrail", "SELL", None)


@pytest.mark.parametrize(
    ("reason", "settings", "changes"),
    [
        ("frozen", {}, {"frozen": True}),
        ("duplicate", {}, {"open_order": True}),
        ("below_min", {"min_notional": "1300.01"}, {}),
        ("insufficient_cash", {}, {"cash": "500", "receivable": "9500"}),
    ],
)
def test_a_breach_passes_the_same_gates(
    reason: str, settings: dict[str, Any], changes: dict[str, Any]
) -> None:
    inputs = example("100", {"rebalance_on_breach": True} | settings, shares="20", **changes)
    assert outcome(decide(inputs))[:3] == ("skip", reason, "BUY")


def test_a_breach_of_less_than_a_lot_is_below_the_minimum_not_out_of_room() -> None:
    decision = decide(example("100", {"rebalance_on_breach": True}, shares="33", cash="9950"))
    assert (decision.reason, decision.side, decision.bound_quantity) == ("below_min", "BUY", None)


RECORDED_INPUTS = (
    '{"price":"97.00","price_source":"last","price_problem":null,"price_as_of":"2026-03-10T14:32:00.000000Z",'
    '"unit_scale":"1","lot":"1","anchor":"100","shares":"100","cash":"10000","receivable":"0","paused":false,'
    '"frozen":false,"reconciled":true,"session_open":true,"open_order":false,"orders_today":0,'
    '"trading_day":"2026-03-10","settings":{"tau":"0.03","sizing":"anchor_ratio","r":"0.5","g_low":"0.25",'
    '"g_high":"0.75","min_notional":"100","commission_bps":"1","max_orders_day":5,"withholding":"0.25",'
    '"after_hours":false,"fractional":false,"order_type":"market","drift_bps":"20",'
    '"rebalance_on_breach":false,"cadence":"tick","max_daily_loss_pct":null}}'
)
RECORDED_DECISION = (
    '{"outcome":"trade","reason":null,"side":"BUY","raw_quantity":"104.6870018067807418429163567",'
    '"bound_quantity":"52","quantity":"52","price":"97.00","price_source":"last","notional":"5044.00",'
    '"asset_share":"0.4923857868020304568527918782",'
    '"projected_asset_share":"0.7484455591847742538138895292","trimmed_by":"guardrail"}'
)


def test_a_recorded_decision_is_decided_again_to_the_byte() -> None:
    inputs = DecisionInputs.model_validate_json(RECORDED_INPUTS)
    assert inputs.model_dump_json() == RECORDED_INPUTS
    assert ENGINES["balancing.1"](inputs).model_dump_json() == RECORDED_DECISION


def test_the_engine_in_use_is_one_of_the_recorded_ones() -> None:
    assert ENGINES[ENGINE] is decide
