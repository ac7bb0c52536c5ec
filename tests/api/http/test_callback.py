"""Callbacks of brokers: signed, booked once, never trusted further than that."""

import json
from typing import Any
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from api.wiring import House
from callback_deliveries import alerts, deliver, fill, ordered, rows
from domain.streams import PORTFOLIO
from examples import eventually
from over_http import AT, Example, answered, fields, open_example, refused, signed


def working(client: TestClient) -> Example:
    """The example with an order to buy 52 that its broker has accepted."""
    example = open_example(client, broker={"auto_fill": False})
    example.evaluate(price="97.00")
    eventually(lambda: (example.card()["open_order"] or {}).get("status") == "working")
    return example


def test_a_fill_is_booked_with_its_own_commission(live: TestClient) -> None:
    example = working(live)

    assert answered(deliver(live, fill(example))) == {"status": "booked"}

    card = example.card()
    assert (card["shares"], card["cash"], card["anchor"]) == ("152", "4954.46", "97.02")
    assert card["open_order"] is None


def test_parts_add_up_and_the_anchor_follows_their_average(live: TestClient) -> None:
    example = working(live)
    deliver(live, fill(example, event="partial_fill", quantity="26", price="97.00"))
    assert example.card()["open_order"]["status"] == "partial"

    deliver(live, fill(example, execution_id="e-2", quantity="26", price="97.04"))

    assert (example.card()["shares"], example.card()["anchor"]) == ("152", "97.02")


def test_a_replay_answers_200_and_does_nothing(live: TestClient) -> None:
    example = working(live)
    body = fill(example)
    headers = signed(body)
    answered(live.post("/orders/callback", content=body, headers=headers))
    before = example.card()

    again = live.post("/orders/callback", content=body, headers=headers)
    redelivered = deliver(live, body)

    assert answered(again) == {"status": "duplicate"}
    assert answered(redelivered) == {"status": "booked"}
    assert example.card() == before


def test_other_numbers_under_a_known_execution_are_refused_and_alerted_once(
    client: TestClient, house: House
) -> None:
    example = ordered(client)
    answered(deliver(client, fill(example)))
    before, inbox = example.card(), rows(house, "select id from inbox")

    for _ in range(2):
        refused(deliver(client, fill(example, price="90")), 409)

    assert example.card() == before
    assert alerts(house) == [("execution_conflict", example.portfolio_id, example.listing_id)]
    assert rows(house, "select id from inbox") == inbox


def test_an_unknown_order_is_stored_and_a_person_is_called(client: TestClient, house: House) -> None:
    """On the position's portfolio when there is one, else on the one that the account names, else on the house."""
    example = open_example(client)
    unknown = {
        f"{example.position_id}|{AT}|BUY": "whoever",
        "nonsense": example.portfolio_id,
        f"{example.listing_id}|{AT}|BUY": "whoever",
        f"{uuid4()}|{AT}|BUY": example.listing_id,
    }

    for order, account in unknown.items():
        body = fill(example, client_order_id=order, account=account)
        assert answered(deliver(client, body), 202) == {"status": "stored"}

    kept = rows(house, "select * from inbox order by number")
    assert [json.loads(row["body"])["client_order_id"] for row in kept] == list(unknown)
    assert [row["problem"] for row in kept] == [f"There is no order {order}." for order in unknown]
    assert all(row["booked_at"] is None and row["next_try_at"] for row in kept)
    assert alerts(house) == [
        ("unknown_order", example.portfolio_id, example.listing_id),
        ("unknown_order", example.portfolio_id, None),
        ("unknown_order", None, None),
    ]


def test_a_stored_callback_is_a_duplicate_too(client: TestClient, house: House) -> None:
    example = open_example(client)
    body = fill(example, client_order_id="nonsense")
    answered(deliver(client, body, webhook_id="msg_1"), 202)

    assert answered(deliver(client, body, webhook_id="msg_1")) == {"status": "duplicate"}

    assert len(rows(house, "select from inbox")) == 1


def test_a_sale_of_shares_that_are_not_there_is_stored_and_freezes(client: TestClient, house: House) -> None:
    """The books are not what the broker's are: a person is called, and no order leaves."""
    example = open_example(client, broker={"auto_fill": False})
    example.evaluate(price="103.00")
    sale = fill(example, client_order_id=f"{example.position_id}|{AT}|SELL", quantity="150", price="103")
    before = example.card()

    assert answered(deliver(client, sale), 202) == {"status": "stored"}

    assert (example.card()["shares"], example.card()["cash"]) == (before["shares"], before["cash"])
    assert alerts(house) == [("unbookable_execution", example.portfolio_id, example.listing_id)]
    portfolio = house.ledger.load(PORTFOLIO, UUID(example.portfolio_id)).state
    assert portfolio is not None
    assert portfolio.frozen_because is not None
    assert portfolio.frozen_because.startswith("Execution e-1 takes more KO")


def test_more_filled_than_ordered_is_booked_frozen_and_alerted(client: TestClient, house: House) -> None:
    example = ordered(client)

    assert answered(deliver(client, fill(example, quantity="60"))) == {"status": "booked"}

    assert example.card()["shares"] == "160"
    assert alerts(house) == [("overfill", example.portfolio_id, example.listing_id)]
    portfolio = house.ledger.load(PORTFOLIO, UUID(example.portfolio_id)).state
    assert portfolio is not None
    assert portfolio.frozen


def test_a_correction_replaces_what_was_booked(client: TestClient) -> None:
    example = ordered(client)
    answered(deliver(client, fill(example)))

    bust = fill(example, event="trade_bust", quantity="0", revision=2)
    assert answered(deliver(client, bust)) == {"status": "booked"}

    assert (example.card()["shares"], example.card()["cash"]) == ("100", "10000.00")


def test_a_word_that_nobody_knows_makes_the_order_unknown_and_calls_a_person(
    client: TestClient, house: House
) -> None:
    """Never an exception: the word is kept as it came, and what the broker says next settles the order."""
    example = ordered(client)

    assert answered(deliver(client, fill(example, event="exploded"))) == {"status": "booked"}

    assert example.card()["open_order"]["status"] == "unknown"
    assert alerts(house) == [("order_unknown", example.portfolio_id, example.listing_id)]
    answered(deliver(client, fill(example)))
    assert (example.card()["shares"], example.card()["open_order"]) == ("152", None)
    assert alerts(house) == []


def test_a_pending_cancel_lies_over_the_order_until_it_ends(client: TestClient) -> None:
    example = ordered(client)

    answered(deliver(client, fill(example, event="pending_cancel")))

    order = example.card()["open_order"]
    assert (order["status"], order["overlay"]) == ("working", "pending cancel")


def test_a_paper_account_may_be_called_anything_and_the_message_says_so(
    client: TestClient, house: House
) -> None:
    example = ordered(client)

    answered(deliver(client, fill(example, account="no such account")))

    note = rows(house, "select note from inbox order by number desc limit 1")[0]["note"]
    assert note == "paper takes any account; this one was named no such account"


def test_an_answer_names_the_number_of_what_it_booked(client: TestClient, house: House) -> None:
    example = ordered(client)

    answer = deliver(client, fill(example))

    events = rows(house, "select max(notification_id) as n from stored_events")
    assert answer.headers["ballast-position"] == str(events[0]["n"])


def test_what_failed_may_be_delivered_again(live: TestClient) -> None:
    """The id is kept only with the effect: a delivery that was refused is no replay the next time."""
    example = working(live)
    wrong, right = fill(example, commission="x"), fill(example)

    assert fields(deliver(live, wrong, webhook_id="msg_1")) == ["commission"]

    assert answered(deliver(live, right, webhook_id="msg_1")) == {"status": "booked"}
    assert answered(deliver(live, right, webhook_id="msg_1")) == {"status": "duplicate"}


BAD_BODIES: list[tuple[dict[str, Any], str]] = [
    ({"quantity": "0"}, "quantity"),
    ({"quantity": 52}, "quantity"),
    ({"price": None}, "price"),
    ({"execution_id": None}, "execution_id"),
    ({"at": "yesterday"}, "at"),
    ({"at": None}, "at"),
    ({"event": ""}, "event"),
    ({"revision": 0}, "revision"),
    ({"revision": "1"}, "revision"),
    ({"commission": "-1"}, "commission"),
    ({"client_order_id": "a\u0000b"}, "client_order_id"),
    ({"surprise": True}, "surprise"),
]


def test_a_signed_body_that_makes_no_sense_is_refused_by_name(client: TestClient) -> None:
    example = Example(client, "", "", "")

    for change, field in BAD_BODIES:
        assert fields(deliver(client, fill(example, **change))) == [field], change


def test_a_signed_body_that_is_no_json_is_refused(client: TestClient) -> None:
    for body in ("", "{", "[]", "null", '{"broker":"a","broker":"b"}'):
        refused(deliver(client, body), 422)
