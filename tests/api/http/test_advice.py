"""A month with an adviser, over HTTP: a policy, holdings, a run, and what a person does with its advice."""

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from advised import THAT_EVENING, Adviser, orders
from api.wiring import House
from domain.allocation import plan
from domain.allocation.snapshot import read_snapshot
from domain.policy import read
from domain.recommendation.events import RecommendationSuperseded
from domain.streams import RUN
from examples import by_hand
from over_http import answered, fields, refused
from policy_examples import HOLDINGS, PRICES, document


def test_a_month_is_advised_executed_and_booked(client: TestClient, house: House) -> None:
    """To the unit and to the penny, with its reasons."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)

    run = adviser.run("monthly")
    advice = adviser.advice(run)

    assert (run["status"], run["summary"]) == ("success", "Advises 2 orders.")
    assert (run["policy_hash"], run["snapshot_hash"]) == (advice["policy_hash"], advice["snapshot_hash"])
    assert orders(advice) == ["BUY 3 VWRP 355.28", "BUY 13 WLDS 73.89"]
    assert (
        advice["lines"][0]["sentence"]
        == "Buy 3 VWRP for 355.28 GBP: the month's order; core is at 35.2 % of 35 %."
    )
    done = adviser.executed(advice)
    assert done["status"] == "executed_full"
    assert [each["executed_quantity"] for each in done["lines"]] == ["3", "13"]
    cash, units = adviser.books()
    assert (cash, units["VWRP"], units["WLDS"]) == ("83.27", "239", "715")


def test_a_weekly_review_only_looks(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    run = adviser.run("weekly_review")
    assert (run["status"], run["recommendation_id"]) == ("no_action", None)


def test_the_snapshot_of_a_run_can_be_read_and_decided_again(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    run = adviser.run("monthly")

    kept = read_snapshot(client.get(f"/runs/{run['id']}/input").text)

    assert kept.hash == run["snapshot_hash"]
    again = plan(kept, read(json.dumps(document())).policy)
    assert [str(line.amount) for line in again.lines] == [
        each["amount"] for each in adviser.advice(run)["lines"]
    ]


def test_a_run_done_twice_proposes_once(client: TestClient, house: House) -> None:
    """As when a worker of an older Ballast died after it had proposed and before the run had ended."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    asked = answered(
        client.post(f"{adviser.address}/runs", json={"kind": "monthly", "as_of": THAT_EVENING}), 202
    )
    run = house.ledger.load(RUN, UUID(asked["id"])).state
    assert run is not None
    first, second = (
        house.ledger.transact(by_hand(house), lambda each: house.advise(each, run)).answer for _ in range(2)
    )
    assert first.recommendation_id == second.recommendation_id
    assert first.snapshot_hash == second.snapshot_hash
    assert len(answered(client.get("/recommendations"))["items"]) == 1
    house.execute_run(run.id)
    assert answered(client.get(f"/runs/{run.id}"))["recommendation_id"] == str(first.recommendation_id)


def test_what_a_run_advises_and_that_it_is_over_are_one_append(client: TestClient, house: House) -> None:
    """Whoever sees the one sees the other, and a worker that dies leaves both or neither."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    run = adviser.run("monthly")
    with house.pool.connection() as connection:
        appended = connection.execute(
            "select array_agg(topic order by notification_id) as topics from stored_events"
            " where xmin = (select xmin from stored_events where topic = 'run.ended.1')"
        ).fetchone()
    assert run["recommendation_id"] is not None
    assert appended == {"topics": ["recommendation.proposed.1", "portfolio.advice_opened.1", "run.ended.1"]}


def test_a_newer_run_of_the_kind_takes_the_place_of_the_older(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    first = adviser.advice(adviser.run("monthly"))

    second = adviser.advice(adviser.run("quarterly"))

    assert orders(second) == orders(first)
    assert adviser.advice({"recommendation_id": first["id"]})["status"] == "superseded"
    lines = [{"line_id": first["lines"][0]["id"], "quantity": "1", "price": "100"}]
    refused(client.post(f"/recommendations/{first['id']}/mark-executed", json={"lines": lines}), 409)
    assert adviser.books()[0] == "512.44"


def test_what_another_open_recommendation_promises_counts_as_spent(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    adviser.run("monthly")
    assert orders(adviser.advice(adviser.run("manual"))) == ["BUY 1 XWES 44.02"]


def test_a_sunset_fires_once_and_again_when_it_was_ignored(client: TestClient, house: House) -> None:
    """Its trigger is used while the advice is open, and available when it is not."""
    sunset = {"cash_park__sunset__0__date": "2026-03-01"}
    adviser = Adviser(client, house, **sunset).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("weekly_review"))
    assert orders(advice) == ["SELL 6 CSH2 7390.20", "BUY 62 VWRP 7342.35"]
    assert adviser.run("monthly")["status"] == "success"

    answered(client.post(f"/recommendations/{advice['id']}/ignore", json={"reason": "Not yet."}))
    again = adviser.advice(adviser.run("weekly_review"))
    assert again["triggers"] == ["sunset:2026-03-01"]
    adviser.executed(again)
    assert adviser.run("weekly_review")["status"] == "no_action"
    assert adviser.books()[1]["CSH2"] == "7"

    answered(client.post(f"/recommendations/{again['id']}/reverse", json={"reason": "The broker erred."}))
    assert adviser.books()[1]["CSH2"] == "13"
    assert adviser.advice(adviser.run("weekly_review"))["triggers"] == ["sunset:2026-03-01"]


def test_of_advice_that_a_newer_run_overtakes_half_way_what_was_executed_stays(
    client: TestClient, house: House
) -> None:
    """Its trigger stays used until a person lets it go, what its sale has brought is free, and all of it is said."""
    sunset = {"cash_park__sunset__0__date": "2026-03-01"}
    adviser = Adviser(client, house, "0", **sunset).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("weekly_review"))
    sale = advice["lines"][0]
    line = {"line_id": sale["id"], "quantity": "4", "price": sale["price"]}
    answered(client.post(f"/recommendations/{advice['id']}/mark-executed", json={"lines": [line]}))
    assert adviser.run("monthly")["status"] == "no_action"  # the proceeds are kept for the sunset's purchase

    run = adviser.run("weekly_review")

    assert run["status"] == "no_action"
    assert "4 of 6 CSH2 and 0 of 62 VWRP were executed and stay booked" in run["summary"]
    assert "sunset:2026-03-01 stays used, the rest is not carried out." in run["summary"]
    older = adviser.advice({"recommendation_id": advice["id"]})
    assert (older["status"], older["lines"][0]["executed_quantity"]) == ("superseded", "4")
    overtaken = house.ledger.log.newest(UUID(advice["id"]), RecommendationSuperseded.name)
    assert overtaken is not None
    assert "4 of 6 CSH2" in overtaken.event.sentence()
    triggers = answered(client.get(f"{adviser.address}/triggers"))["items"]
    assert [each["status"] for each in triggers if each["code"] == "sunset:2026-03-01"] == ["consumed"]
    assert adviser.books()[1]["CSH2"] == "9"
    assert adviser.run("monthly")["status"] == "success"  # and are free now
    body = {"codes": ["sunset:2026-03-01"], "reason": "The rest shall be sold."}
    answered(client.post(f"{adviser.address}/triggers/release", json=body))
    assert adviser.advice(adviser.run("weekly_review"))["triggers"] == ["sunset:2026-03-01"]


def test_execution_in_parts_with_other_numbers_is_booked_as_it_was(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    vwrp, wlds = (each["id"] for each in advice["lines"])
    address = f"/recommendations/{advice['id']}/mark-executed"

    part = {"line_id": vwrp, "quantity": "2", "price": "11850", "fee": "1.50", "broker_reference": "AJB-7"}
    told = answered(client.post(address, json={"lines": [part]}))
    assert told["status"] == "executed_partial"
    assert adviser.books()[0] == "273.94"
    rest = [
        {"line_id": vwrp, "quantity": "1", "price": "11860"},
        {"line_id": wlds, "quantity": "12", "price": "570"},
    ]
    told = answered(client.post(address, json={"lines": rest, "complete": True}))

    assert told["status"] == "executed_full"
    assert [each["executed_quantity"] for each in told["lines"]] == ["3", "12"]
    assert [each["broker_reference"] for each in told["lines"][0]["executions"]] == ["AJB-7", None]
    assert adviser.books() == (
        "86.94",
        {t: str(n) for t, n in (HOLDINGS | {"VWRP": 239, "WLDS": 714}).items()},
    )
    answered(client.post(f"/recommendations/{advice['id']}/reverse", json={"reason": "A test."}))
    assert adviser.books() == ("512.44", {t: str(n) for t, n in HOLDINGS.items()})


def test_told_twice_under_the_brokers_reference_a_line_is_booked_once(
    client: TestClient, house: House
) -> None:
    """Without a key, too: after a lost answer, or with more lines; other numbers under it are a conflict."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    vwrp, wlds = (
        {"line_id": e["id"], "quantity": e["quantity"], "price": e["price"], "broker_reference": f"AJB-{n}"}
        for n, e in enumerate(advice["lines"])
    )
    address = f"/recommendations/{advice['id']}/mark-executed"

    def told(*lines: dict[str, Any]) -> str:
        status: str = answered(client.post(address, json={"lines": lines}))["status"]
        return status

    assert [told(vwrp), told(vwrp), told(vwrp, wlds), told(vwrp, wlds)] == [
        *("executed_partial", "executed_partial"),
        *("executed_full", "executed_full"),
    ]
    assert adviser.books()[0] == "83.27"
    for other in ({"price": "11850"}, {"fee": "1"}, {"executed_at": "2026-03-09T12:00:00Z"}):
        problem = refused(client.post(address, json={"lines": [wlds, vwrp | other]}), 409)
        assert "AJB-0 is booked as 3 at 11842.5" in problem["detail"]
    assert adviser.books()[0] == "83.27"


def test_a_reference_names_one_execution_of_a_line(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    part = {"line_id": advice["lines"][0]["id"], "quantity": "1", "price": "11850", "broker_reference": "A"}
    wrong = client.post(
        f"/recommendations/{advice['id']}/mark-executed", json={"lines": [part, part | {"quantity": "2"}]}
    )
    assert fields(wrong) == ["lines[1].broker_reference"]
    assert adviser.books()[0] == "512.44"


def test_nobody_executes_ten_times_what_was_advised(client: TestClient, house: House) -> None:
    """More than advised is a fact; a nought too many is a slip, at once or in parts."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    address = f"/recommendations/{advice['id']}/mark-executed"

    def marked(*quantities: str) -> dict[str, Any]:
        line = {"line_id": advice["lines"][0]["id"], "price": "11850"}
        return {"lines": [line | {"quantity": each} for each in quantities]}

    assert fields(client.post(address, json=marked("30"))) == ["lines[0].quantity"]
    assert fields(client.post(address, json=marked("20", "10"))) == ["lines[1].quantity"]
    answered(client.post(address, json=marked("20")))
    assert fields(client.post(address, json=marked("10"))) == ["lines[0].quantity"]
    assert adviser.books()[1]["VWRP"] == "256"


def test_a_frozen_portfolio_approves_nothing_and_books_what_has_happened(
    client: TestClient, house: House
) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    answered(client.post(f"{adviser.address}/freeze", json={"reason": "I want to look first."}))
    problem = refused(client.post(f"/recommendations/{advice['id']}/approve"), 409)
    assert "frozen; nothing is approved" in problem["detail"]
    assert adviser.advice({"recommendation_id": advice["id"]})["status"] == "proposed"
    assert adviser.executed(advice)["status"] == "executed_full"
    answered(client.post(f"/recommendations/{advice['id']}/reverse", json={"reason": "A test."}))


def test_what_advice_has_booked_is_not_taken_back_behind_its_back(client: TestClient, house: House) -> None:
    """In the ledger its entries would go, and its lines and triggers stand as they were."""
    sunset = {"cash_park__sunset__0__date": "2026-03-01"}
    adviser = Adviser(client, house, **sunset).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("weekly_review"))
    done = adviser.executed(advice)
    entry = done["lines"][0]["executions"][0]["entry_id"]
    books = adviser.books()
    body = {"ids": [entry], "reason": "The broker erred."}

    problem = refused(client.post(f"{adviser.address}/ledger/reversals", json=body), 409)

    assert f"POST /recommendations/{advice['id']}/reverse" in problem["detail"]
    assert adviser.books() == books
    answered(client.post(f"/recommendations/{advice['id']}/reverse", json={"reason": "The broker erred."}))
    gone = answered(client.post(f"{adviser.address}/ledger/reversals", json=body), 201)
    assert gone["entries"] == []
    assert adviser.advice(adviser.run("weekly_review"))["triggers"] == ["sunset:2026-03-01"]


def test_marked_twice_at_once_it_is_booked_once(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))

    def mark(_: int) -> int:
        lines = [
            {"line_id": e["id"], "quantity": e["quantity"], "price": e["price"]} for e in advice["lines"]
        ]
        address = f"/recommendations/{advice['id']}/mark-executed"
        return int(client.post(address, json={"lines": lines}).status_code)

    with ThreadPoolExecutor(4) as at_once:
        statuses = sorted(at_once.map(mark, range(4)))

    assert statuses == [200, 409, 409, 409]
    assert adviser.books()[1]["VWRP"] == "239"


def test_a_stale_price_blocks_and_is_named(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS)
    adviser.quote(**{ticker: price for ticker, price in PRICES.items() if ticker != "SEMI"})
    adviser.quote("2026-03-04T16:35:00Z", SEMI=PRICES["SEMI"])
    run = adviser.run("monthly")
    assert run["status"] == "blocked_dq"
    assert "The price of SEMI cannot be used: it is of 2026-03-04" in run["summary"]
    assert answered(client.get(f"{adviser.address}/runs"))["items"][0]["status"] == "blocked_dq"


def test_days_on_which_the_exchange_was_closed_make_no_price_older(client: TestClient, house: House) -> None:
    """A Thursday's close on the Tuesday after Easter: five days, of which four were closed."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote("2026-04-02T15:35:00Z", **PRICES)
    assert adviser.run("monthly", "2026-04-07T16:00:00Z")["status"] == "success"


def test_a_fund_in_another_currency_needs_a_fresh_rate_and_is_valued_by_it(
    client: TestClient, house: House
) -> None:
    """Without one, or with an old one, nothing is advised and the pair is named."""
    in_dollars = {"instruments__1__currency": "USD", "instruments__1__quote_scale": "USD"}
    adviser = Adviser(client, house, **in_dollars).hold(**HOLDINGS | {"WLDS": 0})
    adviser.quote(**PRICES | {"WLDS": "7.578"})

    def monthly_at(rate: str, as_of: str) -> dict[str, Any]:
        told = {"base": "GBP", "quote": "USD", "rate": rate, "as_of": as_of}
        answered(client.post("/fx-rates", json={"rates": [told]}))
        return adviser.run("monthly")

    none = adviser.run("monthly")
    assert none["status"] == "blocked_dq"
    assert "The price of WLDS cannot be used: there is no exchange rate of USD/GBP." in none["summary"]
    assert "the exchange rate of USD/GBP is too old" in monthly_at("1.40", "2026-03-05T17:00:00Z")["summary"]
    advice = adviser.advice(monthly_at("1.25", "2026-03-10T17:00:00Z"))

    assert orders(advice) == ["BUY 84 WLDS 509.24"]
    line = {"line_id": advice["lines"][0]["id"], "quantity": "84", "price": "7.58"}
    address = f"/recommendations/{advice['id']}/mark-executed"
    assert fields(client.post(address, json={"lines": [line]})) == ["lines[0].amount"]
    in_pence = line | {"amount": "50938.00"}
    assert fields(client.post(address, json={"lines": [in_pence]})) == ["lines[0].amount"]
    answered(client.post(address, json={"lines": [line | {"amount": "509.38"}]}))
    assert adviser.books()[0] == "3.06"


def test_a_frozen_portfolio_is_told_so(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    answered(client.post(f"{adviser.address}/freeze", json={"reason": "I want to look first."}))
    assert adviser.run("monthly")["status"] == "blocked_frozen"


def test_what_is_no_line_of_it_cannot_be_executed(client: TestClient, house: House) -> None:
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    lines = [{"line_id": str(UUID(int=5)), "quantity": "1", "price": "100"}]
    wrong = client.post(f"/recommendations/{advice['id']}/mark-executed", json={"lines": lines})
    assert fields(wrong) == ["lines[0].line_id"]


@pytest.mark.parametrize("price", ["118.425", "1184250", "1184.25"])
def test_a_price_in_another_unit_books_nothing(client: TestClient, house: House, price: str) -> None:
    """Pounds for pence would make a holding a hundredth of its cost, and pence twice over empty the account."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    before = adviser.books()
    lines = [{"line_id": advice["lines"][0]["id"], "quantity": "3", "price": price}]
    wrong = client.post(f"/recommendations/{advice['id']}/mark-executed", json={"lines": lines})
    assert fields(wrong) == ["lines[0].price"]
    assert adviser.books() == before


def test_without_a_policy_a_run_says_so(client: TestClient, house: House) -> None:
    new = {"name": "Bare", "base_currency": "GBP", "mode": "advisory"}
    address = f"/portfolios/{answered(client.post('/portfolios', json=new), 201)['id']}"
    asked = answered(client.post(f"{address}/runs", json={"kind": "monthly"}), 202)
    house.execute_run(UUID(asked["id"]))
    run = answered(client.get(f"/runs/{asked['id']}"))
    assert (run["status"], run["summary"]) == ("failed", "The portfolio has no approved policy to follow.")


def test_what_is_open_of_a_line_and_the_drift_that_stays_are_said(client: TestClient, house: House) -> None:
    """The page fills in what is left, and shows how far each sleeve will be from its target."""
    adviser = Adviser(client, house).hold(**HOLDINGS).quote(**PRICES)
    advice = adviser.advice(adviser.run("monthly"))
    line = advice["lines"][0]
    part = {"line_id": line["id"], "quantity": "2", "price": line["price"]}

    done = answered(client.post(f"/recommendations/{advice['id']}/mark-executed", json={"lines": [part]}))

    assert (line["quote_unit"], line["open_quantity"]) == ("GBX", "3")
    assert (done["lines"][0]["executed_quantity"], done["lines"][0]["open_quantity"]) == ("2", "1")
    for each in advice["sleeves"]:
        points = (Decimal(each["after"]) - Decimal(each["target"])) * 100
        assert Decimal(each["drift_after"]) == points
    assert any(each["drift_after"] != each["drift"] for each in advice["sleeves"])
