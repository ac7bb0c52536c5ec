"""Advice of an automatic portfolio, carried out by orders on paper (DOMAIN §8)."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.wiring import House
from domain.allocation.snapshot import read_snapshot
from domain.events import rfc3339
from examples import IN_SESSION, eventually
from over_http import answered
from placed import LATER, NOW, Placed, lines
from policy_examples import HOLDINGS, PRICES

BY_CALLBACK = {"auto_fill": False}
SUNSET_IS_DUE = {"cash_park__sunset__0__date": "2026-11-02"}
HELD = {ticker: str(units) for ticker, units in HOLDINGS.items()}
REBALANCING = {"constraints": {"allow_rebalance_sells": True}}


def test_what_a_person_approves_is_bought_and_belongs_to_the_portfolio(
    client: TestClient, house: House
) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    assert lines(advice) == [("BUY", "VWRP", "0/3", None), ("BUY", "WLDS", "0/13", None)]

    done = portfolio.approve(advice)

    assert lines(done) == [("BUY", "VWRP", "3/3", "ended"), ("BUY", "WLDS", "13/13", "ended")]
    assert done["status"] == "executed_full"
    cash, held = portfolio.books()
    assert held == HELD | {"VWRP": "239", "WLDS": "715"}
    fees = sum(Decimal(part["fee"]) for line in done["lines"] for part in line["executions"])
    assert Decimal(cash) == Decimal("512.44") - Decimal("355.28") - Decimal("73.89") - fees
    assert portfolio.cash()["positions"] == "0.00"
    portfolio.consistent()


def test_what_carries_out_advice_is_no_position_of_a_rule(client: TestClient, house: House) -> None:
    """It is neither listed nor measured, and follows no command but a cancellation of its order."""
    portfolio = Placed(client, house, broker=BY_CALLBACK)
    portfolio.approve(portfolio.advised())
    assert answered(client.get("/positions", params={"portfolio_id": portfolio.id}))["items"] == []
    [vwrp, wlds] = answered(
        client.get("/positions", params={"portfolio_id": portfolio.id, "placements": "true"})
    )["items"]
    assert {vwrp["status"], wlds["status"]} == {"placing"}
    assert vwrp["next_action"] is wlds["next_action"] is None
    for command in ("pause", "resume", "close", "evaluate"):
        response = client.post(f"/positions/{vwrp['id']}/{command}", json={})
        assert response.status_code == 409, (command, response.text)
    portfolio.tick(VWRP="12500.00").tick(VWRP="11000.00")
    assert house.evaluate_ticks("live", [UUID(portfolio.listings["VWRP"])]).decided == 0


def test_a_quarter_sells_first_and_buys_with_what_came_in(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house, "20.00", REBALANCING, broker=BY_CALLBACK, held=HOLDINGS | {"VWRP": 400})
    advice = portfolio.advised("quarterly")
    [sale, *buys] = advice["lines"]
    assert (sale["action"], sale["symbol"], {each["action"] for each in buys}) == ("SELL", "VWRP", {"BUY"})

    at_work = portfolio.approve(advice)
    assert [each["placing"] for each in at_work["lines"]] == ["at_work", *["waiting"] * len(buys)]
    portfolio.fill("VWRP", sale["quantity"], sale["price"])
    portfolio.carried_out(advice)
    for each in buys:
        order = portfolio.order(each["symbol"])
        portfolio.fill(each["symbol"], order["quantity"], each["price"])

    done = portfolio.again(advice)
    assert done["status"] == "executed_full"
    assert all(each["executed_quantity"] == each["quantity"] for each in done["lines"][:-1])
    portfolio.consistent()


def test_a_sale_that_is_rejected_buys_nothing(client: TestClient, house: House) -> None:
    """The purchases of a sunset are paid by its sale alone, whatever else is free."""
    portfolio = Placed(client, house, "5000.00", SUNSET_IS_DUE, broker=BY_CALLBACK)
    advice = portfolio.advised("weekly_review")
    assert [(each["action"], each["symbol"]) for each in advice["lines"]] == [
        ("SELL", "CSH2"),
        ("BUY", "VWRP"),
    ]
    portfolio.approve(advice)
    portfolio.told("CSH2", "rejected", reason="no")

    left = portfolio.carried_out(advice)

    assert lines(left) == [("SELL", "CSH2", "0/6", "ended"), ("BUY", "VWRP", "0/62", "declined")]
    assert left["status"] == "approved"
    assert [each["not_placed"] is None for each in left["lines"]] == [False, False]
    assert portfolio.books() == ("5000.00", HELD)
    assert "advice_not_placed" in [
        each["rule"]
        for each in answered(client.get("/alerts", params={"portfolio_id": portfolio.id}))["items"]
    ]
    portfolio.consistent()


def test_a_sale_that_falls_short_cuts_what_it_was_to_pay_for(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house, "5000.00", SUNSET_IS_DUE, broker=BY_CALLBACK)
    advice = portfolio.advised("weekly_review")
    portfolio.approve(advice)
    portfolio.fill("CSH2", "2", PRICES["CSH2"])
    portfolio.told("CSH2", "canceled")
    portfolio.carried_out(advice)

    order = portfolio.order("VWRP")
    assert order["quantity"] == "20"  # 2 463.40 buys 20 at 118.43 and the commission
    portfolio.fill("VWRP", "20", PRICES["VWRP"])

    left = portfolio.again(advice)
    assert lines(left) == [("SELL", "CSH2", "2/6", "ended"), ("BUY", "VWRP", "20/62", "ended")]
    assert left["status"] == "executed_partial"
    assert portfolio.books()[1] == HELD | {"CSH2": "11", "VWRP": "256"}
    triggers = answered(client.get(f"{portfolio.address}/triggers"))["items"]
    assert {each["code"]: each["status"] for each in triggers}["sunset:2026-11-02"] == "consumed"
    again = portfolio.approve(advice)
    assert lines(again) == [("SELL", "CSH2", "2/6", "at_work"), ("BUY", "VWRP", "20/62", "waiting")]
    portfolio.consistent()


def test_purchases_forgo_what_a_rebalancing_sale_has_not_brought(client: TestClient, house: House) -> None:
    """A quarter may spend a thousand of what is free, and what it sells; the other four thousand are not its."""
    portfolio = Placed(
        client, house, "5000.00", REBALANCING, broker=BY_CALLBACK, held=HOLDINGS | {"VWRP": 400}
    )
    advice = portfolio.advised("quarterly")
    assert sum(Decimal(each["amount"]) for each in advice["lines"] if each["action"] == "BUY") > 1000
    portfolio.approve(advice)
    portfolio.told("VWRP", "rejected")
    portfolio.carried_out(advice)
    bought = [each for each in portfolio.orders() if each["side"] == "BUY"]
    spent = sum(Decimal(each["quantity"]) * Decimal(each["decided_price"]) / 100 for each in bought)
    assert 900 < spent <= 1000


def test_what_comes_after_the_end_is_booked_and_moves_the_line(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house, broker=BY_CALLBACK)
    advice = portfolio.advised()
    portfolio.approve(advice)
    portfolio.fill("VWRP", "1", "11842.50")
    portfolio.told("VWRP", "canceled")
    assert lines(portfolio.again(advice))[0] == ("BUY", "VWRP", "1/3", "ended")

    portfolio.fill("VWRP", "1", "11850.00", "late")
    assert lines(portfolio.again(advice))[0] == ("BUY", "VWRP", "2/3", "ended")
    assert portfolio.books()[1] == HELD | {"VWRP": "238"}

    portfolio.told("VWRP", "trade_bust", execution_id="VWRP-1", revision=2)
    moved = portfolio.again(advice)
    assert lines(moved)[0] == ("BUY", "VWRP", "1/3", "ended")
    assert [each["price"] for each in moved["lines"][0]["executions"]] == ["11850.00"]
    portfolio.consistent()


def test_nothing_else_is_done_with_advice_while_its_orders_are_at_work(
    client: TestClient, house: House
) -> None:
    portfolio = Placed(client, house, broker=BY_CALLBACK)
    advice = portfolio.advised()
    portfolio.approve(advice)
    line = {"line_id": advice["lines"][0]["id"], "quantity": "3", "price": "11842.50"}
    for what, body in (
        ("ignore", {"reason": "no"}),
        ("reverse", {"reason": "no"}),
        ("mark-executed", {"lines": [line]}),
        ("mark-executed", {"complete": True}),
    ):
        assert "at work" in portfolio.does(advice, what, 409, **body)["detail"]
    assert portfolio.run("monthly", advice["proposed_at"])["status"] == "failed"
    assert lines(portfolio.again(advice)) == [
        ("BUY", "VWRP", "0/3", "at_work"),
        ("BUY", "WLDS", "0/13", "at_work"),
    ]

    for symbol in ("VWRP", "WLDS"):
        answered(client.post(f"/orders/{portfolio.order(symbol)['id']}/cancel", json={}))
    portfolio.does(advice, "ignore", reason="no")
    assert portfolio.books() == ("512.44", HELD)
    portfolio.consistent()


def test_what_a_broker_has_executed_nobody_takes_back(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    portfolio.approve(advice)
    assert "broker has executed" in portfolio.does(advice, "reverse", 409, reason="no")["detail"]


def test_a_frozen_portfolio_places_nothing(client: TestClient, house: House) -> None:
    """Before the approval it refuses it, after it the lines are left; lifted, a person approves again."""
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    answered(client.post(f"{portfolio.address}/freeze", json={"reason": "a doubt"}))
    assert "frozen" in portfolio.does(advice, "approve", 409)["detail"]
    answered(client.post(f"{portfolio.address}/unfreeze", json={"reason": "none"}))

    answered(client.post(f"/recommendations/{advice['id']}/approve", json={}))
    answered(client.post(f"{portfolio.address}/freeze", json={"reason": "a doubt"}))
    left = portfolio.carried_out(advice)
    assert lines(left) == [("BUY", "VWRP", "0/3", "declined"), ("BUY", "WLDS", "0/13", "declined")]
    answered(client.post(f"{portfolio.address}/unfreeze", json={"reason": "none"}))
    assert portfolio.carried_out(advice) == left
    assert portfolio.approve(advice)["status"] == "executed_full"


def test_a_freeze_ends_an_order_that_has_not_left(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    answered(client.post(f"/recommendations/{advice['id']}/approve", json={}))
    portfolio.place(advice)
    answered(client.post(f"{portfolio.address}/freeze", json={"reason": "a doubt"}))
    portfolio.send()
    left = portfolio.again(advice)
    assert lines(left) == [("BUY", "VWRP", "0/3", "ended"), ("BUY", "WLDS", "0/13", "ended")]
    assert portfolio.books() == ("512.44", HELD)


def test_a_portfolio_that_has_opted_in_places_at_once(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house, settings={"place_allocation": "at_once"})
    advice = portfolio.advised()
    assert lines(advice) == [("BUY", "VWRP", "0/3", "waiting"), ("BUY", "WLDS", "0/13", "waiting")]
    assert portfolio.carried_out(advice)["status"] == "executed_full"
    portfolio.consistent()


@pytest.mark.parametrize(
    ("price", "executed", "said"),
    [
        ("11990.00", "3/3", None),
        ("12434.00", "3/3", None),
        ("12500.00", "0/3", "more than 5 % away"),
    ],
)
def test_a_line_is_decided_anew_at_the_price_of_now(
    client: TestClient, house: House, price: str, executed: str, said: str | None
) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    portfolio.tick(LATER, VWRP=price)
    done = portfolio.approve(advice)
    assert lines(done)[0][2] == executed
    assert (said or "") in (done["lines"][0]["not_placed"] or "")
    portfolio.consistent()


def test_money_that_has_gone_cuts_a_purchase_or_leaves_it_out(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    answered(client.post(f"{portfolio.address}/cash", json={"kind": "withdrawal", "amount": "262.44"}))
    done = portfolio.approve(advice)
    assert lines(done) == [("BUY", "VWRP", "2/3", "ended"), ("BUY", "WLDS", "0/13", "declined")]
    assert "less than the smallest trade of 25.00" in done["lines"][1]["not_placed"]
    assert done["status"] == "executed_full"
    portfolio.consistent()


def test_what_is_approved_waits_for_the_market_and_for_a_price(client: TestClient, house: House) -> None:
    """It is approved on a Friday evening, and placed in the next session at the first price of that."""
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    answered(client.post(f"/recommendations/{advice['id']}/approve", json={}))
    for hours in (2, 24, 65):  # the evening, the weekend, and Monday morning without a price of it yet
        portfolio.wait_until(IN_SESSION + timedelta(hours=hours))
        assert {each[3] for each in lines(portfolio.carried_out(advice))} == {"waiting"}
    portfolio.tick(rfc3339(IN_SESSION + timedelta(hours=65)), **PRICES)
    assert portfolio.carried_out(advice)["status"] == "executed_full"


def test_an_approval_is_good_for_seven_days(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    answered(client.post(f"/recommendations/{advice['id']}/approve", json={}))
    later = IN_SESSION + timedelta(days=7, minutes=1)
    portfolio.wait_until(later).tick(rfc3339(later), **PRICES)
    left = portfolio.carried_out(advice)
    assert {each[3] for each in lines(left)} == {"declined"}
    assert portfolio.approve(advice)["status"] == "executed_full"


def test_units_that_a_split_has_changed_are_not_what_was_advised(client: TestClient, house: House) -> None:
    portfolio = Placed(client, house)
    advice = portfolio.advised()
    split = {"listing_id": portfolio.listings["VWRP"], "ex_date": "2026-11-23", "ratio": "4"}
    answered(client.post("/splits", json=split), 201)
    monday = IN_SESSION + timedelta(days=3)
    portfolio.wait_until(monday).tick(rfc3339(monday), **(PRICES | {"VWRP": "2960.00"}))
    left = portfolio.approve(advice)
    assert lines(left) == [("BUY", "VWRP", "0/3", "declined"), ("BUY", "WLDS", "13/13", "ended")]
    assert "corporate action" in left["lines"][0]["not_placed"]


def test_nothing_else_is_risked_while_the_fate_of_an_order_is_unknown(
    client: TestClient, house: House
) -> None:
    portfolio = Placed(client, house, "5000.00", SUNSET_IS_DUE, broker=BY_CALLBACK)
    advice = portfolio.advised("weekly_review")
    portfolio.approve(advice)
    portfolio.told("CSH2", "lost_in_the_post")
    assert portfolio.order("CSH2")["status"] == "unknown"
    assert lines(portfolio.carried_out(advice))[1][3] == "waiting"
    portfolio.fill("CSH2", "6", PRICES["CSH2"])
    assert lines(portfolio.carried_out(advice))[1][3] == "at_work"


def test_an_order_of_unknown_fate_holds_back_lines_that_wait_for_nothing_else(
    client: TestClient, house: House
) -> None:
    """The second line could be placed as soon as its price is there; it is, once the first one's fate is known."""
    portfolio = Placed(client, house, broker=BY_CALLBACK)
    advice = portfolio.advised()
    monday = IN_SESSION + timedelta(days=3)
    portfolio.wait_until(monday).tick(rfc3339(monday), VWRP=PRICES["VWRP"])
    portfolio.approve(advice)
    portfolio.told("VWRP", "lost_in_the_post")
    assert portfolio.order("VWRP")["status"] == "unknown"

    portfolio.tick(rfc3339(monday), WLDS=PRICES["WLDS"])
    assert lines(portfolio.carried_out(advice)) == [
        ("BUY", "VWRP", "0/3", "at_work"),
        ("BUY", "WLDS", "0/13", "waiting"),
    ]

    portfolio.fill("VWRP", "3", PRICES["VWRP"])
    assert lines(portfolio.carried_out(advice)) == [
        ("BUY", "VWRP", "3/3", "ended"),
        ("BUY", "WLDS", "0/13", "at_work"),
    ]


def test_a_bust_of_what_was_sold_meanwhile_is_booked_and_freezes(client: TestClient, house: House) -> None:
    """Fewer than none are held then; a person is called once, and no run decides, until the units are there."""
    portfolio = Placed(client, house, broker=BY_CALLBACK)
    advice = portfolio.advised()
    portfolio.approve(advice)
    portfolio.fill("VWRP", "3", PRICES["VWRP"])
    portfolio.told("WLDS", "expired")
    ledger = f"{portfolio.address}/ledger"
    sold = {"kind": "sell", "listing_id": portfolio.listings["VWRP"], "quantity": "239", "amount": "28000.00"}
    answered(client.post(ledger, json={"entries": [sold]}), 201)
    house.stop_units_below_zero()
    assert portfolio.short() == []

    portfolio.told("VWRP", "trade_bust", execution_id="VWRP-1", revision=2)
    assert portfolio.books()[1]["VWRP"] == "-3"
    assert portfolio.run("weekly_review", NOW)["status"] == "blocked_frozen"
    [message] = portfolio.short()
    assert message.startswith("-3 VWRP are held outside of positions")

    answered(client.post(f"{portfolio.address}/unfreeze", json={"reason": "I have seen it."}))
    house.stop_units_below_zero()
    assert answered(client.get(portfolio.address))["frozen_because"] is None
    back = sold | {"kind": "buy", "quantity": "3", "amount": "360.00"}
    answered(client.post(ledger, json={"entries": [back]}), 201)
    house.stop_units_below_zero()
    assert portfolio.short() == []
    portfolio.consistent()


def test_a_run_leaves_to_orders_what_they_have_set_aside(client: TestClient, house: House) -> None:
    """It has left free cash already, so that it is promised no second time."""
    portfolio = Placed(client, house, "5000.00", broker=BY_CALLBACK)
    advice = portfolio.advised()
    portfolio.approve(advice)
    free = Decimal(portfolio.cash()["portfolio"])
    run = portfolio.run("manual", NOW)
    assert read_snapshot(client.get(f"/runs/{run['id']}/input").text).cash == free


def test_a_worker_places_and_sends_by_itself(live: TestClient, running: House) -> None:
    portfolio = Placed(live, running, settings={"place_allocation": "at_once"})
    asked = answered(live.post(f"{portfolio.address}/runs", json={"kind": "monthly", "as_of": NOW}), 202)
    eventually(lambda: _status(live, asked["id"]) == "executed_full")


def _status(client: TestClient, run_id: str) -> str | None:
    recommendation_id = answered(client.get(f"/runs/{run_id}"))["recommendation_id"]
    if recommendation_id is None:
        return None
    status: str = answered(client.get(f"/recommendations/{recommendation_id}"))["status"]
    return status
