"""Positions of an advisory portfolio, over HTTP: triggers are recommended, and a person tells what became of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.testclient import TestClient

from api.wiring import House
from domain.events import rfc3339
from domain.portfolio.state import LIVE_FEED
from examples import IN_SESSION
from over_http import AT, Example, answered, fields, open_example, refused
from projections import orders
from projections.audit.decisions import DecideAgain

MONDAY = IN_SESSION + timedelta(days=3)


def advised(client: TestClient, example: Example, status: str = "proposed") -> list[dict[str, Any]]:
    """The portfolio's recommendations that stand so, newest first."""
    found = answered(client.get("/recommendations", params={"portfolio_id": example.portfolio_id}))["items"]
    return [each for each in found if each["status"] == status]


def marked(advice: dict[str, Any], quantity: str, price: str, **others: Any) -> dict[str, Any]:
    """What a person says of its one line."""
    return {"line_id": advice["lines"][0]["id"], "quantity": quantity, "price": price} | others


def standing(example: Example) -> tuple[str, str, str]:
    """Shares, cash and anchor."""
    card = example.card()
    return card["shares"], card["cash"], card["anchor"]


def test_a_price_is_recommended_executed_over_days_and_moves_the_anchor(
    client: TestClient, house: House
) -> None:
    """20 at 96.50 and 20 at 95.50 with a fee: the anchor follows to 96 when the person says that it is all."""
    example = open_example(client, mode="advisory")
    example.tick("97.00")
    house.evaluate_ticks(LIVE_FEED, [UUID(example.listing_id)])

    (advice,) = advised(client, example)
    assert (advice["kind"], advice["position_id"], advice["policy_hash"]) == (
        "volatility",
        example.position_id,
        None,
    )
    assert advice["run_id"] is not None
    (line,) = advice["lines"]
    assert (line["action"], line["quantity"], line["price"], line["amount"]) == (
        "BUY",
        "52",
        "97.00",
        "5044.00",
    )
    assert (line["source"], line["funding"]) == ("volatility", "position")
    assert standing(example) == ("100", "10000.00", "100")
    address = f"/recommendations/{advice['id']}"

    first = {"lines": [marked(advice, "20", "96.50", fee="1.50", executed_at=AT)]}
    assert answered(client.post(f"{address}/mark-executed", json=first))["status"] == "executed_partial"
    assert standing(example) == ("120", "8068.50", "100")
    rest = {"lines": [marked(advice, "20", "95.50")], "complete": True}
    done = answered(client.post(f"{address}/mark-executed", json=rest))

    assert (done["status"], done["lines"][0]["executed_quantity"]) == ("executed_full", "40")
    assert standing(example) == ("140", "6158.50", "96.00")
    entries = [each["entry_id"] for each in done["lines"][0]["executions"]]
    ledger = answered(client.get(f"/portfolios/{example.portfolio_id}/ledger"))["items"]
    assert [each["id"] for each in ledger if each["kind"] == "buy"] == entries
    (order,) = answered(client.get("/orders", params={"position_id": example.position_id}))["items"]
    assert (order["status"], order["broker"], order["recommendation_id"]) == (
        "canceled",
        "hand",
        advice["id"],
    )
    assert (order["filled"], order["average_price"]) == ("40", "96.00")


def test_reversed_books_and_anchor_are_as_before_and_the_trigger_fires_again(client: TestClient) -> None:
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    advice = answered(client.get(f"/recommendations/{advice_id}"))
    body = {"lines": [marked(advice, "52", "96.50", fee="1")]}
    assert (
        answered(client.post(f"/recommendations/{advice_id}/mark-executed", json=body))["status"]
        == "executed_full"
    )
    assert standing(example) == ("152", "4981.00", "96.50")

    why = {"reason": "The broker erred."}
    assert answered(client.post(f"/recommendations/{advice_id}/reverse", json=why))["status"] == "reversed"

    assert standing(example) == ("100", "10000.00", "100")
    later = rfc3339(IN_SESSION + timedelta(seconds=1))
    assert example.evaluate(price="97.00", as_of=later)["outcome"] == "trade"


def test_more_than_was_ordered_is_booked_and_freezes_the_portfolio(client: TestClient) -> None:
    """As a broker's overfill would; a person is called, and can still take all of it back."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    advice = answered(client.get(f"/recommendations/{advice_id}"))
    address = f"/recommendations/{advice_id}"
    portfolio = f"/portfolios/{example.portfolio_id}"

    answered(client.post(f"{address}/mark-executed", json={"lines": [marked(advice, "50", "97")]}))
    assert answered(client.get(portfolio))["frozen_because"] is None
    answered(client.post(f"{address}/mark-executed", json={"lines": [marked(advice, "10", "97")]}))

    assert standing(example)[:2] == ("160", "4180.00")
    frozen = answered(client.get(portfolio))
    assert frozen["freeze_reasons"] == ["more was executed by hand than was ordered."]
    (alert,) = answered(client.get("/alerts"))["items"]
    assert (alert["rule"], alert["observed"], alert["expected"]) == ("overfill", "60", "52")
    assert alert["message"] == "More KO was executed by hand than was ordered."
    answered(client.post(f"{address}/reverse", json={"reason": "It was 50."}))
    assert standing(example) == ("100", "10000.00", "100")


def test_told_twice_under_the_brokers_reference_it_is_booked_once(client: TestClient) -> None:
    """Also when the order is over; other numbers under a reference contradict what is booked."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    advice = answered(client.get(f"/recommendations/{advice_id}"))
    address = f"/recommendations/{advice_id}/mark-executed"
    first = marked(advice, "20", "96.50", broker_reference="T-1")
    second = marked(advice, "32", "96.50", broker_reference="T-2")
    answers = [
        answered(client.post(address, json={"lines": lines}))
        for lines in ([first], [first], [first, second], [first, second])
    ]
    assert [each["lines"][0]["executed_quantity"] for each in answers] == ["20", "20", "52", "52"]
    assert standing(example) == ("152", "4982.00", "96.50")
    other = client.post(address, json={"lines": [first | {"quantity": "21"}]})
    assert "T-1 is booked as 20 at 96.5" in refused(other, 409)["detail"]
    answered(client.post(f"/recommendations/{advice_id}/reverse", json={"reason": "The broker erred."}))
    assert "reversed" in refused(client.post(address, json={"lines": [first]}), 409)["detail"]


def test_a_frozen_portfolio_takes_up_nothing_and_still_books(client: TestClient) -> None:
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    portfolio, address = f"/portfolios/{example.portfolio_id}", f"/recommendations/{advice_id}"
    answered(client.post(f"{portfolio}/freeze", json={"reason": "Something is odd."}))

    assert "frozen" in refused(client.post(f"{address}/approve"), 409)["detail"]

    (order,) = answered(client.get("/orders", params={"position_id": example.position_id}))["items"]
    assert order["status"] == "intended"
    advice = answered(client.get(address))
    body = {"lines": [marked(advice, "52", "96.50")]}
    assert answered(client.post(f"{address}/mark-executed", json=body))["status"] == "executed_full"


def test_shares_that_were_sold_since_are_not_taken_back(client: TestClient) -> None:
    """The position is closed and its shares are sold: a reversal would leave 52 less than none."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    advice = answered(client.get(f"/recommendations/{advice_id}"))
    bought = {"lines": [marked(advice, "52", "96.50")]}
    answered(client.post(f"/recommendations/{advice_id}/mark-executed", json=bought))
    answered(client.post(f"{example.address}/close"))
    books = f"/portfolios/{example.portfolio_id}"
    sale = {"kind": "sell", "listing_id": example.listing_id, "quantity": "101", "price": "100"}
    batch = answered(client.post(f"{books}/ledger", json={"entries": [sale]}), 201)["batch_id"]
    why = {"reason": "The broker erred."}

    problem = refused(client.post(f"/recommendations/{advice_id}/reverse", json=why), 409)

    assert "52 KO would be taken back" in problem["detail"]
    assert "only 51 left" in problem["detail"]
    answered(client.post(f"{books}/ledger/reversals", json={"ids": [batch], "reason": "Not sold."}), 201)
    answered(client.post(f"/recommendations/{advice_id}/reverse", json=why))
    (holding,) = answered(client.get(f"{books}/holdings"))["items"]
    assert (holding["quantity"], holding["book_cost"]) == ("100", "10000.00")
    assert answered(client.get(f"{books}/cash"))["portfolio"] == "20000.00"


def test_one_is_open_at_a_time_and_a_later_day_overtakes_what_nobody_took_up(
    client: TestClient, house: House
) -> None:
    """Within the day a trigger is a duplicate, as an open order is; approved, it is overtaken by nothing."""
    example = open_example(client, mode="advisory")
    first = example.evaluate(price="97.00")
    assert example.evaluate(price="97.00")["recommendation_id"] == first["recommendation_id"]
    minute = IN_SESSION + timedelta(minutes=1)
    house.ledger.clock = lambda: minute
    assert example.evaluate(price="96.00", as_of=rfc3339(minute))["reason"] == "duplicate"

    house.ledger.clock = lambda: MONDAY
    second = example.evaluate(price="96.00", as_of=rfc3339(MONDAY))

    assert [each["id"] for each in advised(client, example)] == [second["recommendation_id"]]
    assert [each["id"] for each in advised(client, example, "superseded")] == [first["recommendation_id"]]
    late = client.post(f"/recommendations/{first['recommendation_id']}/approve")
    assert "superseded" in refused(late, 409)["detail"]
    answered(client.post(f"/recommendations/{second['recommendation_id']}/approve"))
    tuesday = MONDAY + timedelta(days=1)
    house.ledger.clock = lambda: tuesday
    assert example.evaluate(price="95.00", as_of=rfc3339(tuesday))["reason"] == "duplicate"


def test_ignored_it_makes_room_and_frozen_nothing_is_proposed(client: TestClient, house: House) -> None:
    example = open_example(client, mode="advisory")
    first = example.evaluate(price="97.00")["recommendation_id"]
    answered(client.post(f"/recommendations/{first}/ignore", json={"reason": "Not today."}))
    assert example.card()["open_order"] is None

    answered(client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "Something is odd."}))
    later = IN_SESSION + timedelta(seconds=1)
    assert example.evaluate(price="97.00", as_of=rfc3339(later))["reason"] == "frozen"
    example.tick("96.00", later)
    house.evaluate_ticks(LIVE_FEED, [UUID(example.listing_id)])
    assert advised(client, example) == []


def test_nothing_of_it_ever_leaves(client: TestClient, house: House) -> None:
    """Not by the outbox, a sweep, a person's cancellation or another sending; before and after it is placed."""
    example = open_example(client, mode="advisory")
    answer = example.evaluate(price="97.00")
    position_id, order_id = UUID(example.position_id), UUID(answer["order_id"])
    for step in ("approve", None):
        house.submit_order(position_id, order_id)
        assert (
            "ignore its recommendation" in refused(client.post(f"/orders/{order_id}/cancel"), 409)["detail"]
        )
        assert "never sent" in refused(client.post(f"/orders/{order_id}/resubmit"), 409)["detail"]
        with house.pool.connection() as connection:
            assert connection.execute("select from paper_orders").fetchall() == []
            assert orders.waiting(connection) == []
        if step:
            answered(client.post(f"/recommendations/{answer['recommendation_id']}/{step}"))
    assert standing(example) == ("100", "10000.00", "100")


def test_marked_twice_at_once_it_is_booked_once(client: TestClient) -> None:
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    body = {"lines": [marked(answered(client.get(f"/recommendations/{advice_id}")), "52", "97.00")]}

    with ThreadPoolExecutor(2) as both:
        answers = list(
            both.map(
                lambda _: client.post(f"/recommendations/{advice_id}/mark-executed", json=body), range(2)
            )
        )

    assert sorted(each.status_code for each in answers) == [200, 409]
    assert standing(example) == ("152", "4956.00", "97.00")


def test_a_split_ends_what_was_advised_in_old_shares(client: TestClient, house: House) -> None:
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    monday = rfc3339(MONDAY)
    split = {"listing_id": example.listing_id, "ex_date": monday[:10], "ratio": "2"}
    answered(client.post("/splits", json=split), 201)
    house.ledger.clock = lambda: MONDAY

    house.settle_actions(UUID(example.position_id))

    assert answered(client.get(f"/recommendations/{advice_id}"))["status"] == "superseded"
    assert example.card()["open_order"] is None


def test_what_cannot_have_happened_is_refused_field_by_field(client: TestClient) -> None:
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="103.00")["recommendation_id"]
    advice = answered(client.get(f"/recommendations/{advice_id}"))
    address = f"/recommendations/{advice_id}/mark-executed"
    wrong = marked(advice, "1", "103", fee="0.001", amount="103", executed_at="2031-01-02T15:00:00Z")
    unknown = wrong | {"line_id": advice_id, "fee": "0", "amount": None, "executed_at": None}

    named = fields(client.post(address, json={"lines": [wrong, unknown]}))

    assert named == ["lines[0].amount", "lines[0].fee", "lines[0].executed_at", "lines[1].line_id"]
    many = {"lines": [marked(advice, "101", "103")]}
    assert "only 100 are held" in refused(client.post(address, json=many), 409)["detail"]
    asked = client.post(f"/recommendations/{advice_id}/review")
    assert "nothing to review" in refused(asked, 409)["detail"]
    assert standing(example) == ("100", "10000.00", "100")


def test_a_verification_proves_it_from_the_decision_of_its_order(client: TestClient, house: House) -> None:
    """The recommendation is no decision of its own, and has to say what its order's decision says."""
    example = open_example(client, mode="advisory")
    advice_id = example.evaluate(price="97.00")["recommendation_id"]
    assert _decided_again(house) == (1, [])
    with house.pool.connection() as connection:
        change = """update stored_events
            set state = convert_to(replace(convert_from(state, 'UTF8'), '"52"', '"53"'), 'UTF8')
            where originator_id = %s"""
        connection.execute(change, (advice_id,))
    assert _decided_again(house) == (1, ["decision"])


def _decided_again(house: House) -> tuple[int, list[str]]:
    again = DecideAgain(house.log, inputs=lambda _: None, policies=lambda _: None)
    with house.pool.connection() as connection:
        again.run(connection, house.log.last_number(connection), lambda _, __: None)
    return again.decisions, [each.what for each in again.differences.told]
