"""Explicit evaluations: DOMAIN §2's example to the share, over HTTP."""

from typing import Any

from starlette.testclient import TestClient

from examples import eventually
from over_http import AT, answered, fields, open_example

DECISIONS = [
    ("anchor_ratio", "97.00", ("trade", "BUY", "52")),
    ("anchor_ratio", "97.01", ("hold", None, None)),
    ("anchor_ratio", "102.99", ("hold", None, None)),
    ("anchor_ratio", "103", ("trade", "SELL", "50")),
    ("anchor_ratio", "60", ("trade", "BUY", "99")),
    ("proportional", "97", ("trade", "BUY", "3")),
    ("proportional", "110", ("trade", "SELL", "8")),
]


def test_the_example_is_decided_to_the_share(client: TestClient) -> None:
    example = open_example(client)

    for sizing, price, expected in DECISIONS:
        answered(client.patch(f"{example.address}/settings", json={"sizing": sizing}))
        address = f"{example.address}/evaluate?dry_run=true"
        answer = answered(client.post(address, json={"price": price, "as_of": AT}))
        assert (answer["outcome"], answer["side"], answer["quantity"]) == expected, (sizing, price)


def test_a_trade_is_answered_with_all_its_numbers(client: TestClient) -> None:
    example = open_example(client)

    answer = example.evaluate(price="97.00")

    order_id = answer.pop("order_id")
    assert answer.pop("raw_quantity") == "104.6870018067807418429163567"
    assert answer == {
        "outcome": "trade",
        "reason": None,
        "side": "BUY",
        "quantity": "52",
        "price": "97.00",
        "price_source": "last",
        "projected_asset_share": "0.7484",
        "trimmed_by": "guardrail",
        "recommendation_id": None,
        "sentence": "Decided to buy 52 KO at 97.00: 3.0 % under the anchor of 100; "
        "the guardrail cut 104 to 52.",
    }
    assert answered(client.get(f"/orders/{order_id}"))["status"] == "intended"


def test_a_dry_run_stores_nothing(client: TestClient) -> None:
    example = open_example(client)
    before = example.card()

    for _ in range(2):
        address = f"{example.address}/evaluate?dry_run=true"
        answer = answered(client.post(address, json={"price": "97.00", "as_of": AT}))
        assert (answer["outcome"], answer["order_id"]) == ("trade", None)

    assert example.card() == before
    assert answered(client.get("/orders"))["items"] == []


def test_the_same_decision_time_answers_the_first_order(client: TestClient) -> None:
    example = open_example(client)

    first, again = example.evaluate(price="97.00"), example.evaluate(price="97.00")

    assert first == again
    assert len(answered(client.get("/orders"))["items"]) == 1


def test_without_a_price_the_latest_known_one_decides(client: TestClient) -> None:
    example = open_example(client)
    assert example.evaluate()["reason"] == "no_price"
    example.tick("103")

    answer = answered(client.post(f"{example.address}/evaluate"))

    assert (answer["side"], answer["quantity"], answer["price"]) == ("SELL", "50", "103")


def test_of_a_quote_the_mid_decides_when_the_last_is_far_from_it(client: TestClient) -> None:
    example = open_example(client)

    answer = example.evaluate(last="99", bid="96.9", ask="97.1")

    assert (answer["price"], answer["price_source"], answer["side"]) == ("97.0", "mid", "BUY")


def test_a_frozen_portfolio_skips(client: TestClient) -> None:
    example = open_example(client)
    answered(client.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "Holidays."}))

    answer = example.evaluate(price="97.00")

    assert (answer["outcome"], answer["reason"]) == ("skip", "frozen")


def test_an_evaluated_trade_is_filled_and_booked(live: TestClient) -> None:
    example = open_example(live)

    example.evaluate(price="97.00")

    card = eventually(lambda: next((c for c in [example.card()] if c["shares"] == "152"), None))
    assert (card["cash"], card["anchor"], card["orders_today"]) == ("4955.50", "97.00", 1)


BAD_BODIES: list[tuple[dict[str, Any], str]] = [
    ({"price": 97}, "price"),
    ({"price": "97e0"}, "price"),
    ({"price": "NaN"}, "price"),
    ({"price": " 97"}, "price"),
    ({"price": "９７"}, "price"),
    ({"price": "0"}, "price"),
    ({"price": "-97"}, "price"),
    ({"price": "1" * 19}, "price"),
    ({"price": "97", "last": "97"}, "price"),
    ({"bid": "97"}, "ask"),
    ({"bid": "98", "ask": "97"}, "bid"),
    ({"price": "97", "as_of": "2026-11-20T16:00:00"}, "as_of"),
    ({"price": "97", "as_of": 1795190400}, "as_of"),
    ({"price": "97", "as_of": "2026-11-20T16:00:06Z"}, "as_of"),
    ({"price": "97", "as_of": "1980-01-02T16:00:00Z"}, "as_of"),
    ({"price": "97", "as_of": "0001-01-01T00:00:00+14:00"}, "as_of"),
    ({"price": "97", "as_of": "2026-02-30T16:00:00Z"}, "as_of"),
    ({"price": "97", "quantity": "1"}, "quantity"),
]


def test_what_cannot_be_decided_on_is_refused_by_name(client: TestClient) -> None:
    example = open_example(client)

    for body, field in BAD_BODIES:
        answer = client.post(f"{example.address}/evaluate", json={"as_of": AT} | body)
        assert fields(answer) == [field], body


def test_the_same_moment_again_answers_the_first_order_after_it_was_filled(live: TestClient) -> None:
    """The anchor has moved and the rule would hold now; the key of position, time and side is taken."""
    example = open_example(live)
    question = {"price": "97.00", "as_of": AT}
    first = answered(live.post(f"/positions/{example.position_id}/evaluate", json=question))
    eventually(lambda: example.card()["shares"] == "152")

    again = answered(live.post(f"/positions/{example.position_id}/evaluate", json=question))

    assert (again["outcome"], again["order_id"]) == ("trade", first["order_id"])
