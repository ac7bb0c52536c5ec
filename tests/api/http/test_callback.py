"""Callbacks of brokers: signed, booked once, never trusted further than that."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from examples import eventually
from over_http import (
    AT,
    HERE,
    SECRET,
    Example,
    answered,
    configuration,
    fields,
    open_example,
    refused,
    signed,
)

OTHER_SECRET = "whsec_b3RoZXIgc2VjcmV0"


def working(client: TestClient) -> Example:
    """The example with an order to buy 52 that its broker has accepted."""
    example = open_example(client, broker={"auto_fill": False})
    example.evaluate(price="97.00")
    eventually(lambda: (example.card()["open_order"] or {}).get("status") == "working")
    return example


def fill(example: Example, **other: Any) -> str:
    """A broker's report that the order was filled whole at 97.02."""
    said = {
        "broker": "paper",
        "account": "paper",
        "client_order_id": f"{example.position_id}|{AT}|BUY",
        "broker_order_id": "1",
        "event": "fill",
        "execution_id": "e-1",
        "revision": 1,
        "quantity": "52",
        "price": "97.02",
        "commission": "0.50",
        "at": AT,
    }
    return json.dumps(said | other)


def deliver(client: TestClient, body: str, **signing: Any) -> Any:
    """Post a signed delivery."""
    return client.post("/orders/callback", content=body, headers=signed(body, **signing))


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


def test_another_content_under_a_known_execution_is_a_conflict(live: TestClient) -> None:
    example = working(live)
    answered(deliver(live, fill(example)))

    refused(deliver(live, fill(example, price="90")), 409)

    assert example.card()["cash"] == "4954.46"


def test_an_unknown_order_is_stored_for_a_person(client: TestClient, house: House) -> None:
    example = open_example(client)
    unknown = ("nonsense", f"{example.position_id}|{AT}|BUY", f"{example.listing_id}|{AT}|BUY")

    for order in unknown:
        assert answered(deliver(client, fill(example, client_order_id=order)), 202) == {"status": "stored"}

    with house.pool.connection() as connection:
        kept = connection.execute("select body, problem from inbox order by number").fetchall()
    assert [json.loads(row["body"])["client_order_id"] for row in kept] == list(unknown)
    assert all(row["problem"].startswith("There is no order") for row in kept)


def test_a_correction_is_stored_until_it_can_be_booked(live: TestClient) -> None:
    example = working(live)
    answered(deliver(live, fill(example)))

    answer = deliver(live, fill(example, event="trade_bust", quantity="0", revision=2))

    assert answered(answer, 202) == {"status": "stored"}
    assert example.card()["shares"] == "152"


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
    ({"event": "exploded"}, "event"),
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


FORGED: dict[str, Callable[[], dict[str, str]]] = {
    "no signature": lambda: {"webhook-signature": ""},
    "only a version": lambda: {"webhook-signature": "v1"},
    "an empty signature": lambda: {"webhook-signature": "v1,"},
    "half a base64": lambda: {"webhook-signature": "v1,a"},
    "only padding": lambda: {"webhook-signature": "v1,====="},
    "bytes that are no text": lambda: {"webhook-signature": "v1,\xff\xfe"},
    "too many commas": lambda: {"webhook-signature": "v1,a,b"},
    "another version": lambda: {"webhook-signature": signed("{}")["webhook-signature"].replace("v1", "v2")},
    "blanks": lambda: {"webhook-signature": " " * 50},
    "no time": lambda: {"webhook-timestamp": ""},
    "not a number": lambda: {"webhook-timestamp": "nan"},
    "infinity": lambda: {"webhook-timestamp": "inf"},
    "a huge exponent": lambda: {"webhook-timestamp": "1e400"},
    "the far future": lambda: {"webhook-timestamp": "99999999999999999999"},
    "a word for a time": lambda: {"webhook-timestamp": "now"},
    "no id": lambda: {"webhook-id": ""},
    "another id": lambda: {"webhook-id": "other"},
    "six minutes old": lambda: signed("{}", at=datetime.now(UTC) - timedelta(minutes=6)),
    "six minutes ahead": lambda: signed("{}", at=datetime.now(UTC) + timedelta(minutes=6)),
    "another secret": lambda: signed("{}", secret=OTHER_SECRET),
    "another body": lambda: signed('{"other": 1}'),
}


def test_what_is_not_signed_as_it_must_be_is_401(client: TestClient) -> None:
    refused(client.post("/orders/callback", content="{}", headers=signed("{}")), 422)

    for name, forged in FORGED.items():
        texts = signed("{}") | forged()
        headers = {header: value.encode("latin-1") for header, value in texts.items()}
        answer = client.post("/orders/callback", content="{}", headers=headers)
        assert answer.status_code == 401, name
        assert refused(answer, 401)["type"] == "/problems/bad-signature"


def test_bytes_that_are_no_text_are_401(client: TestClient) -> None:
    refused(client.post("/orders/callback", content=b"\xff\xfe", headers=signed("{}")), 401)


def test_an_oversized_delivery_is_refused_before_it_is_hashed(client: TestClient) -> None:
    refused(client.post("/orders/callback", content=b" " * (64 * 1024 + 1), headers=signed("{}")), 413)


def test_while_a_secret_is_replaced_both_are_good(house: House) -> None:
    for separator in (" ", ",", ", "):
        both = configuration(callback_secret=f"{OTHER_SECRET}{separator}{SECRET}")
        with TestClient(create_app(house, both), base_url=HERE) as client:
            for secret in (SECRET, OTHER_SECRET):
                assert deliver(client, "{}", secret=secret).status_code == 422


def test_without_a_secret_nobody_can_sign(house: House) -> None:
    with TestClient(create_app(house, configuration(callback_secret=None)), base_url=HERE) as client:
        refused(deliver(client, "{}"), 401)
