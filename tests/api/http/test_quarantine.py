"""Stopped prices over HTTP: seen, released, discarded."""

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from domain.events import rfc3339
from examples import IN_SESSION
from over_http import Example, answered, fields, open_example, refused

SECOND = timedelta(seconds=1)
NOBODY = "019aa000-0000-7000-8000-000000000000"


def stopped(client: TestClient, *prices: str) -> Example:
    """The example with a good price of 100, and these after it."""
    example = open_example(client)
    for number, price in enumerate(("100", *prices)):
        example.tick(price, IN_SESSION + (number - 100) * SECOND)
    return example


def listed(client: TestClient, **filters: Any) -> list[dict[str, Any]]:
    """The items of the first page."""
    items: list[dict[str, Any]] = answered(client.get("/quarantine", params=filters))["items"]
    return items


def test_a_stopped_price_is_seen_beside_the_last_good_one(client: TestClient) -> None:
    example = stopped(client, "170")

    (found,) = listed(client)

    expected = {
        "listing_id": example.listing_id, "symbol": "KO", "as_of": rfc3339(IN_SESSION - 99 * SECOND),
        "source": "api", "is_close": False, "price": "170", "rule": "jump", "observed": "170",
        "last_good": "100", "last_good_at": rfc3339(IN_SESSION - 100 * SECOND),
        "outcome": None, "reason": None, "settled_at": None,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected
    assert listed(client, portfolio_id=example.portfolio_id) == [found]
    assert listed(client, listing_id=example.listing_id) == [found]
    assert listed(client, open=False) == []


def test_a_person_releases_and_discards_with_a_reason(client: TestClient) -> None:
    """The timeline tells it in plain sentences, and both can be seen afterwards."""
    example = stopped(client, "170", "10000")
    address = f"/listings/{example.listing_id}/quarantine"
    key = {"Idempotency-Key": "once"}
    body = {"reason": "A takeover.", "rule": "jump"}

    released = client.post(f"{address}/release", json=body, headers=key)
    again = client.post(f"{address}/release", json=body, headers=key)
    discarded = answered(client.post(f"{address}/discard", json={"reason": "In cents."}))

    about = {"listing_id": example.listing_id, "settled": 1}
    assert answered(released) == about | {"outcome": "released", "waiting": 1}
    assert (again.content, again.headers["Ballast-Position"]) == (
        released.content,
        released.headers["Ballast-Position"],
    )
    assert discarded == about | {"outcome": "discarded", "waiting": 0}
    assert listed(client) == []
    assert [(each["outcome"], each["reason"]) for each in listed(client, open=False)] == [
        ("released", "A takeover."),
        ("discarded", "In cents."),
    ]
    assert answered(client.get("/alerts", params={"open": True}))["items"] == []
    assert answered(client.get(f"/portfolios/{example.portfolio_id}"))["frozen"] is True
    prices = answered(client.get(f"/listings/{example.listing_id}/prices"))["items"]
    assert [(each["last"], each["quarantined"]) for each in prices] == [
        ("100", None),
        ("170", None),
        ("10000", "scale"),
    ]


def test_another_scale_is_released_only_by_its_name(client: TestClient) -> None:
    """Along with what else waits it would be too easy: it decides a hundredfold."""
    example = stopped(client, "170", "10000")
    address = f"/listings/{example.listing_id}/quarantine/release"

    answer = client.post(address, json={"reason": "All true."})

    assert fields(answer) == ["rule"]
    assert '"rule": "scale"' in answer.json()["errors"][0]["detail"]
    assert len(listed(client)) == 2
    told = answered(client.post(address, json={"reason": "It is another share.", "rule": "scale"}))
    assert (told["settled"], told["waiting"]) == (1, 1)
    assert answered(client.post(address, json={"reason": "The rest is true."}))["settled"] == 1


def test_the_timeline_tells_who_said_what_and_why(live: TestClient) -> None:
    example = stopped(live, "170")
    address = f"/listings/{example.listing_id}/quarantine/release"
    answered(live.post(address, json={"reason": "A takeover."}))

    told = answered(live.get("/events", params={"type": "quality.prices_released"}))["items"]
    mine = answered(live.get("/events", params={"portfolio_id": example.portfolio_id}))["items"]

    sentence = "Released a price of KO, 170, stopped for jump: A takeover."
    assert [(each["actor"], each["message"]) for each in told] == [("local", sentence)]
    assert mine[-1]["message"] == f"Resolved the alert jump: {sentence}"


def test_stopped_prices_come_in_pages(client: TestClient) -> None:
    stopped(client, "170", "171", "172")

    first = answered(client.get("/quarantine", params={"limit": 2}))
    rest = answered(client.get("/quarantine", params={"limit": 2, "after": first["next"]}))

    assert [each["price"] for each in first["items"] + rest["items"]] == ["170", "171", "172"]
    assert rest["next"] is None


def test_what_makes_no_sense_is_refused(client: TestClient) -> None:
    example = stopped(client)
    address = f"/listings/{example.listing_id}/quarantine/release"

    assert fields(client.post(address, json={})) == ["reason"]
    assert fields(client.post(address, json={"reason": " "})) == ["reason"]
    assert fields(client.post(address, json={"reason": "x", "until": "2026-11-20"})) == ["until"]
    assert fields(client.get("/quarantine", params={"after": "x"})) == ["after"]
    refused(client.post(f"/listings/{NOBODY}/quarantine/discard", json={"reason": "x"}), 404)
    refused(client.get("/quarantine", params={"portfolio_id": NOBODY}), 404)
    refused(client.get("/quarantine", params={"listing_id": NOBODY}), 404)
