"""Corporate actions over HTTP: announced once, refused by their fields, read back."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.testclient import TestClient

from api.http.schemas import Action, Page
from api.wiring import House
from over_http import KO, answered, fields, open_example, refused

DIVIDEND = {
    "ex_date": "2026-11-23",
    "pay_date": "2026-12-01",
    "per_share": "0.50",
    "withholding_rate": "0.15",
}
SPLIT = {"ex_date": "2026-11-23", "ratio": "4"}
EX_OPEN = "2026-11-23T14:30:00.000000Z"


def merger(into: str) -> dict[str, Any]:
    """Half a share of it and two dollars."""
    return {"into_listing_id": into, "effective": "2026-11-23", "ratio": "0.5", "cash_per_share": "2"}


def two_listings(client: TestClient) -> tuple[str, str]:
    """KO and PEP."""
    ids = [
        answered(client.post("/listings", json=KO | {"symbol": each}), 201)["id"] for each in ("KO", "PEP")
    ]
    return ids[0], ids[1]


def test_each_is_announced_once_and_listed(client: TestClient) -> None:
    """201 first, 200 for the same again, and the moments at which it takes effect."""
    listing_id, into = two_listings(client)
    asked = {"/dividends": DIVIDEND, "/splits": SPLIT, "/mergers": merger(into)}
    told = []
    for path, body in asked.items():
        first = answered(client.post(path, json={"listing_id": listing_id} | body), 201)
        assert answered(client.post(path, json={"listing_id": listing_id} | body)) == first
        Action.model_validate(first)
        assert first["effective_at"] == EX_OPEN
        assert first["listing_id"] == listing_id
        assert {name: first[name] for name in body} == body
        told.append(first)
    assert told[0]["payable_at"] == "2026-12-01T14:30:00.000000Z"
    assert [each["kind"] for each in told] == ["dividend", "split", "merger"]
    listed = answered(client.get(f"/listings/{listing_id}/actions"))
    Page[Action].model_validate(listed)
    assert listed == {"items": told, "next": None}
    assert answered(client.get(f"/listings/{into}/actions"))["items"] == []


def test_another_content_for_the_day_is_a_conflict(client: TestClient) -> None:
    listing_id, into = two_listings(client)
    for path, body, change in (
        ("/dividends", DIVIDEND, {"per_share": "0.51"}),
        ("/splits", SPLIT, {"ratio": "5"}),
        ("/mergers", merger(into), {"cash_per_share": "3"}),
    ):
        answered(client.post(path, json={"listing_id": listing_id} | body), 201)
        refused(client.post(path, json={"listing_id": listing_id} | body | change), 409)


def test_an_unknown_listing_is_not_found(client: TestClient) -> None:
    listing_id, _ = two_listings(client)
    unknown = str(uuid4())
    refused(client.post("/dividends", json={"listing_id": unknown} | DIVIDEND), 404)
    refused(client.post("/splits", json={"listing_id": unknown} | SPLIT), 404)
    refused(client.post("/mergers", json={"listing_id": unknown} | merger(listing_id)), 404)
    refused(client.post("/mergers", json={"listing_id": listing_id} | merger(unknown)), 404)
    refused(client.get(f"/listings/{unknown}/actions"), 404)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("/dividends", {"per_share": "0"}, "per_share"),
    ("/dividends", {"per_share": 0.5}, "per_share"),
    ("/dividends", {"ex_date": "23.11.2026"}, "ex_date"),
    ("/dividends", {"ex_date": "2026-02-30"}, "ex_date"),
    ("/dividends", {"ex_date": 20261123}, "ex_date"),
    ("/dividends", {"ex_date": "2026-11-23T00:00:00Z"}, "ex_date"),
    ("/dividends", {"pay_date": "2026-11-22"}, "pay_date"),
    ("/dividends", {"pay_date": "2198-12-01"}, "pay_date"),
    ("/dividends", {"ex_date": "1975-12-01"}, "ex_date"),
    ("/dividends", {"withholding_rate": "1.5"}, "withholding_rate"),
    ("/dividends", {"currency": "EUR"}, "currency"),
    ("/splits", {"ratio": "1"}, "ratio"),
    ("/splits", {"ratio": "0"}, "ratio"),
    ("/splits", {"ratio": "1e3"}, "ratio"),
    ("/mergers", {"cash_per_share": "-1"}, "cash_per_share"),
    ("/mergers", {"ratio": "-1"}, "ratio"),
]


@pytest.mark.parametrize(("path", "change", "field"), BAD)
def test_nonsense_is_refused_by_its_field(
    client: TestClient, path: str, change: dict[str, Any], field: str
) -> None:
    listing_id, into = two_listings(client)
    body = {"/dividends": DIVIDEND, "/splits": SPLIT, "/mergers": merger(into)}[path]
    assert fields(client.post(path, json={"listing_id": listing_id} | body | change)) == [field]
    assert answered(client.get(f"/listings/{listing_id}/actions"))["items"] == []


def test_a_merger_stays_with_itself_and_its_currency_no_more(client: TestClient) -> None:
    listing_id, _ = two_listings(client)
    pounds = {"symbol": "VOD", "exchange": "XLON", "currency": "GBP", "quote_unit": "GBX"}
    other = answered(client.post("/listings", json=KO | pounds), 201)["id"]
    for into in (listing_id, other):
        asked = client.post("/mergers", json={"listing_id": listing_id} | merger(into))
        assert fields(asked) == ["into_listing_id"]


def test_a_key_answers_what_it_answered_first(client: TestClient) -> None:
    """A repeat under its key is 201 as it was; the same announcement under another key is 200, and stays it."""
    listing_id, _ = two_listings(client)
    body = {"listing_id": listing_id} | SPLIT
    for key, status in (("a", 201), ("a", 201), ("b", 200), ("b", 200)):
        answered(client.post("/splits", json=body, headers={"Idempotency-Key": key}), status)
    other = body | {"ratio": "5"}
    refused(client.post("/splits", json=other, headers={"Idempotency-Key": "a"}), 409)


def test_the_card_shows_what_is_owed_and_the_new_anchor(client: TestClient, house: House) -> None:
    """The price on it is from before the open: nothing follows from that one."""
    example = open_example(client)
    example.tick("97.50")
    answered(client.post("/dividends", json={"listing_id": example.listing_id} | DIVIDEND), 201)
    answered(client.post("/splits", json={"listing_id": example.listing_id} | SPLIT), 201)
    house.settle_actions(UUID(example.position_id), datetime(2026, 11, 23, 14, 30, tzinfo=UTC))
    card = example.card()
    assert (card["receivable"], card["shares"], card["anchor"]) == ("42.50", "400", "24.875")
    assert card["next_action"]["reason"] == "stale_price"
