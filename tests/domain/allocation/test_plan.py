"""What a run advises, to the unit: months, quarters, redirects, waves, sunsets, and what blocks them (DOMAIN §8)."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from domain.allocation import Advice, Held, plan
from domain.allocation.snapshot import Gates
from policy_examples import HOLDINGS, PRICES, policy, snapshot

ON_THE_SUNSET = datetime(2027, 2, 1, 12, tzinfo=UTC)
BEHIND = HOLDINGS | {"SEMI": 2000, "XWES": 60}


def orders(advice: Advice) -> list[str]:
    """The lines in short: what is bought and sold, and for how much."""
    return [f"{line.action} {line.quantity} {line.symbol} {line.amount}" for line in advice.lines]


def left_out(advice: Advice) -> list[tuple[str, str | None]]:
    """What was left out, by rule and subject."""
    return [(each.rule, each.subject) for each in advice.suppressed]


def test_a_weekly_review_buys_nothing() -> None:
    """It looks, and says that it only looked."""
    advice = plan(snapshot("weekly_review"), policy())
    assert (advice.outcome, orders(advice), left_out(advice)) == ("no_action", [], [("no_budget", None)])
    assert advice.sentence == "Nothing to do: a weekly review spends nothing."


def test_a_month_without_drift_scales_the_default_orders_to_the_free_cash() -> None:
    """512.44 in place of 500, in whole units."""
    advice = plan(snapshot("monthly"), policy())
    assert orders(advice) == ["BUY 3 VWRP 355.28", "BUY 13 WLDS 73.89"]
    assert {line.source for line in advice.lines} == {"monthly_default"}
    assert {line.funding for line in advice.lines} == {"free_cash"}


def test_at_most_twice_the_contribution_is_spent() -> None:
    """However much cash lies there: 1 000 of 5 000."""
    assert orders(plan(snapshot("monthly", cash="5000"), policy())) == [
        "BUY 7 VWRP 828.98",
        "BUY 26 WLDS 147.77",
    ]


def test_without_free_cash_nothing_is_done() -> None:
    """And it is said why."""
    advice = plan(snapshot("monthly", cash="0"), policy())
    assert (advice.outcome, advice.reason) == ("no_action", "no_budget")


def test_a_sleeve_that_fell_behind_gets_the_months_money() -> None:
    """The redirect replaces the default orders: the sleeve furthest behind first, up to what it lacks."""
    advice = plan(snapshot("monthly", holdings=BEHIND), policy())
    assert orders(advice) == ["BUY 54 SEMI 510.89"]
    assert advice.lines[0].source == "monthly_redirect"
    assert left_out(advice) == [("budget", "energy")]


def test_drift_of_exactly_the_limit_is_not_beyond_it() -> None:
    """The limit of 2 points is a limit: acted upon strictly beyond."""
    holdings = {"VWRP": 333, "WLDS": 50, "XWES": 100, "XWHS": 100, "IGL5": 50, "SEMI": 367}
    prices = dict.fromkeys(holdings, "100")
    wants = policy(targets__core=0.353, targets__semis=0.347)
    at_the_limit = snapshot("monthly", holdings=holdings, prices=prices, cash="500")
    assert {line.source for line in plan(at_the_limit, wants).lines} == {"monthly_default"}
    beyond = snapshot("monthly", holdings=holdings | {"SEMI": 368}, prices=prices, cash="500")
    assert {line.source for line in plan(beyond, wants).lines} == {"monthly_redirect"}


def test_with_nothing_invested_every_sleeve_is_behind_by_its_target() -> None:
    """The largest first, and equal ones in the order of the policy's instruments."""
    advice = plan(snapshot("monthly", holdings={}, cash="1000"), policy(cadence__monthly__max_orders=6))
    assert [line.symbol for line in advice.lines] == ["VWRP", "SEMI", "XWES", "XWHS", "WLDS", "IGL5"]


def test_a_quarter_serves_its_priorities_in_their_order() -> None:
    """Energy is named before semis, although semis are further behind; then the most underweight."""
    advice = plan(
        snapshot("quarterly", holdings=HOLDINGS | {"SEMI": 2300, "XWES": 110}, cash="1000"), policy()
    )
    assert [(line.symbol, line.source) for line in advice.lines] == [("XWES", "quarterly_priority")]
    first = plan(
        snapshot("quarterly", holdings=HOLDINGS | {"SEMI": 2300, "XWES": 110}, cash="1000"),
        policy(cadence__quarterly__priority_underweight_sleeves=["semis", "energy"]),
    )
    assert [(line.symbol, line.source) for line in first.lines] == [("SEMI", "quarterly_priority")]


def test_a_quarter_without_drift_falls_back_to_the_months_orders_or_to_nothing() -> None:
    """As the policy says."""
    assert orders(plan(snapshot("quarterly"), policy())) == ["BUY 3 VWRP 355.28", "BUY 13 WLDS 73.89"]
    firm = policy(cadence__quarterly__fallback_to_monthly_defaults_when_no_meaningful_drift=False)
    advice = plan(snapshot("quarterly"), firm)
    assert (advice.outcome, advice.reason) == ("no_action", "no_meaningful_drift")


def test_by_hand_all_free_cash_goes_where_most_is_lacking() -> None:
    """No limit of orders, and twice the contribution is no limit either."""
    advice = plan(snapshot("manual", holdings=BEHIND, cash="20000"), policy())
    assert [line.symbol for line in advice.lines] == ["SEMI", "XWES", "VWRP", "XWHS", "IGL5", "WLDS"]
    assert sum(line.amount for line in advice.lines) > 19_800


def test_a_wave_deploys_staged_cash_before_the_month() -> None:
    """The park is sold, the most underweight are bought, and the month's own orders follow untouched."""
    advice = plan(snapshot("monthly", drawdown="0.105"), policy())
    assert orders(advice) == [
        "SELL 6 CSH2 7390.20",
        "BUY 26 XWES 1144.52",
        "BUY 8 IGL5 325.68",
        "BUY 61 WLDS 346.69",
        "BUY 17 XWHS 712.38",
        "BUY 255 SEMI 2412.56",
        "BUY 20 VWRP 2368.50",
        "BUY 3 VWRP 355.28",
        "BUY 13 WLDS 73.89",
    ]
    assert advice.triggers == ("wave:A",)
    assert [line.trigger for line in advice.lines] == ["wave:A"] * 7 + [None] * 2
    assert [line.funding for line in advice.lines] == ["none"] + ["cash_park"] * 6 + ["free_cash"] * 2


@pytest.mark.parametrize(("drawdown", "fires"), [("0.0999999", False), ("0.1", True), (None, False)])
def test_a_wave_fires_at_its_level_inclusive(drawdown: str | None, fires: bool) -> None:
    """Not a hair before, and not while there is no history to fall from."""
    assert bool(plan(snapshot("weekly_review", drawdown=drawdown), policy()).triggers) is fires


def test_a_deep_fall_fires_both_waves_each_on_what_the_first_left() -> None:
    """Six units, then six of the seven that are left."""
    advice = plan(snapshot("weekly_review", drawdown="0.25"), policy())
    sold = [line for line in advice.lines if line.action == "SELL"]
    assert [(line.trigger, str(line.quantity)) for line in sold] == [("wave:A", "6"), ("wave:B", "6")]


def test_a_trigger_that_was_used_does_not_fire_again() -> None:
    """Until somebody makes it available."""
    advice = plan(snapshot("weekly_review", drawdown="0.105", used=("wave:A",)), policy())
    assert (advice.outcome, advice.triggers) == ("no_action", ())


def test_waves_can_be_switched_off() -> None:
    """Sunsets cannot."""
    still = policy(triggers__wave_triggers_enabled=False)
    assert plan(snapshot("weekly_review", drawdown="0.5"), still).triggers == ()
    assert plan(snapshot("weekly_review", as_of=ON_THE_SUNSET), still).triggers == ("sunset:2027-02-01",)


def test_a_sunset_deploys_half_of_what_is_left_on_its_day() -> None:
    """⌊0.5 × 13⌋ units, all into the core, in a run that otherwise buys nothing."""
    advice = plan(snapshot("weekly_review", as_of=ON_THE_SUNSET), policy())
    assert orders(advice) == ["SELL 6 CSH2 7390.20", "BUY 62 VWRP 7342.35"]


def test_a_trigger_with_nothing_staged_is_reported_and_stays_available() -> None:
    """Its code is not among those used up."""
    advice = plan(snapshot("weekly_review", holdings=HOLDINGS | {"CSH2": 0}, drawdown="0.15"), policy())
    assert advice.triggers == ()
    assert ("no_staged_cash", "wave:A") in left_out(advice)


def test_a_trigger_whose_proceeds_buy_nothing_sells_nothing() -> None:
    """A fund that costs more than the wave frees."""
    dear = {"VWRP": "90000000"} | dict.fromkeys(("WLDS", "XWES", "XWHS", "IGL5", "SEMI"), "1")
    only_core = policy(
        cash_park__waves__0__eligible_sleeves=["core"],
        cash_park__waves__0__deploy_strategy="fixed_allocation",
    )
    prices = dear | {"CSH2": "123170"}
    advice = plan(snapshot("weekly_review", prices=prices, drawdown="0.1"), only_core)
    assert (orders(advice), advice.triggers) == ([], ())
    assert ("nothing_to_buy", "wave:A") in left_out(advice)


def test_small_orders_are_left_out_and_their_money_stays() -> None:
    """A minimum of 74 keeps the second order back; its money does not go to the first."""
    advice = plan(snapshot("monthly"), policy(cadence__monthly__min_trade_gbp=74))
    assert orders(advice) == ["BUY 3 VWRP 355.28"]
    assert left_out(advice) == [("below_min", "WLDS")]


def test_what_the_limit_of_orders_leaves_goes_to_the_first() -> None:
    """One order in place of many, for all of the money."""
    wide = policy(cadence__monthly__max_orders=6)
    one = policy(cadence__monthly__max_orders=2)
    cash = "1000"
    assert len(plan(snapshot("monthly", holdings={}, cash=cash), wide).lines) == 6
    limited = plan(snapshot("monthly", holdings={}, cash=cash), one)
    assert [line.symbol for line in limited.lines] == ["VWRP", "SEMI"]
    assert limited.lines[0].amount == Decimal("592.12")
    assert [rule for rule, _ in left_out(limited)] == ["order_limit"] * 4


def test_a_cost_per_order_is_kept_back_from_its_amount() -> None:
    """Ten pounds an order: 435.57 less 10 still buys three, 76.86 less 10 only eleven."""
    advice = plan(snapshot("monthly"), policy(constraints={"cost_per_order_gbp": 10}))
    assert orders(advice) == ["BUY 3 VWRP 355.28", "BUY 11 WLDS 62.52"]


def test_holdings_outside_of_the_policy_are_reported_and_not_weighed() -> None:
    """The advice is what it would be without them."""
    stray = Held(listing_id=UUID(int=77), symbol="GME", quantity=Decimal(1000))
    plain = snapshot("monthly")
    mixed = plain.model_copy(update={"holdings": (*plain.holdings, stray)})
    advice = plan(mixed, policy())
    assert left_out(advice) == [("outside_policy", "GME")]
    assert advice.lines == plan(plain, policy()).lines


def test_in_a_quarter_overweight_sleeves_may_be_sold_down_where_allowed() -> None:
    """Down to the target, before the buys, within the limit of orders; never in a month."""
    heavy = HOLDINGS | {"SEMI": 4000}
    allowed = policy(constraints={"allow_rebalance_sells": True}, cadence__quarterly__max_orders=4)
    advice = plan(snapshot("quarterly", holdings=heavy), allowed)
    assert orders(advice)[0] == "SELL 697 SEMI 6594.32"
    assert sum(line.amount for line in advice.lines[1:]) <= Decimal("6594.32") + Decimal("512.44")
    assert all(line.action == "BUY" for line in plan(snapshot("monthly", holdings=heavy), allowed).lines)
    assert all(line.action == "BUY" for line in plan(snapshot("quarterly", holdings=heavy), policy()).lines)


def test_a_frozen_portfolio_gets_no_advice() -> None:
    """Whatever else stands against it too."""
    gates = Gates(frozen="I want to look first", critical=("scale of EZJ",))
    advice = plan(snapshot("monthly", gates=gates), policy())
    assert (advice.outcome, advice.reason, advice.lines) == ("blocked_frozen", "I want to look first", ())


def test_a_critical_alert_blocks_advice_unless_the_policy_says_otherwise() -> None:
    """It is named."""
    gates = Gates(critical=("EZJ came at 5.854: scale.",))
    assert plan(snapshot("monthly", gates=gates), policy()).outcome == "blocked_dq"
    lenient = policy(data_quality={"block_recommendations_on_any_critical_alert": False})
    assert plan(snapshot("monthly", gates=gates), lenient).outcome == "success"


def test_a_missing_or_unusable_price_blocks_and_is_named() -> None:
    """Of what is held, and of what would be bought first; not of a second choice that nobody holds."""
    advice = plan(snapshot("monthly", problems={"SEMI": "it is 4 days old"}), policy())
    assert (advice.outcome, advice.reason) == (
        "blocked_dq",
        "The price of SEMI cannot be used: it is 4 days old.",
    )
    missing = {ticker: price for ticker, price in PRICES.items() if ticker != "XWES"}
    assert plan(snapshot("monthly", prices=missing), policy()).reason == "There is no price of XWES."


def test_every_line_says_its_reason_and_its_sleeves_weights() -> None:
    """As a person reads it."""
    line = plan(snapshot("monthly"), policy()).lines[0]
    assert line.sentence == "Buy 3 VWRP for 355.28 GBP: the month's order; core is at 35.2 % of 35 %."
    assert (str(line.weight_before), str(line.weight_after)) == ("0.352150", "0.354708")
    assert line.rules == ("default_orders", "scaled_to_budget")


def test_a_snapshot_for_another_engine_is_refused() -> None:
    """A recorded decision is repeated by the engine that took it."""
    old = snapshot("monthly").model_copy(update={"engine": "allocation.0"})
    with pytest.raises(ValueError, match=r"allocation\.0"):
        plan(old, policy())
