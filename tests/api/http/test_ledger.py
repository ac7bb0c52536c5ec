"""Posting to the books by hand over HTTP: all or nothing, once, and taken back by opposites."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

from starlette.testclient import TestClient

from api.wiring import House
from over_http import KO, answered, fields, open_example, refused

NEW = {"name": "Mine", "base_currency": "USD", "mode": "advisory"}


def a_portfolio(client: TestClient) -> str:
    """The address of an empty advisory portfolio."""
    return f"/portfolios/{answered(client.post('/portfolios', json=NEW), 201)['id']}"


def a_listing(client: TestClient) -> str:
    """A listing in dollars."""
    found: str = answered(client.post("/listings", json=KO), 201)["id"]
    return found


def post(client: TestClient, portfolio: str, *entries: dict[str, Any], **headers: str) -> dict[str, Any]:
    """The answer to posting a batch."""
    return answered(client.post(f"{portfolio}/ledger", json={"entries": entries}, headers=headers), 201)


def books(client: TestClient, portfolio: str) -> tuple[str, list[tuple[str, str]]]:
    """Free cash, and what is held at which cost."""
    cash = answered(client.get(f"{portfolio}/cash"))["portfolio"]
    holdings = answered(client.get(f"{portfolio}/holdings"))["items"]
    return cash, [(each["quantity"], each["book_cost"]) for each in holdings]


def test_a_batch_is_booked_in_its_order(client: TestClient) -> None:
    portfolio, listing = a_portfolio(client), a_listing(client)

    told = post(
        client,
        portfolio,
        {"kind": "contribution", "amount": "1000"},
        {"kind": "buy", "listing_id": listing, "quantity": "3", "price": "118.425", "fee": "5"}
        | {"at": "2026-03-10T17:07:00Z", "reference": "AJB-1"},
        {"kind": "sell", "listing_id": listing, "quantity": "1", "price": "120"},
    )

    assert books(client, portfolio) == ("759.72", [("2", "236.85")])
    assert told["entries"][1]["sentence"] == "Posted: buy, 3 KO in, -360.28 USD."
    journal = answered(client.get(f"{portfolio}/ledger"))["items"]
    assert [(each["kind"], each["id"]) for each in journal] == [
        (kind, entry["id"])
        for kind, entry in zip(("contribution", "buy", "sell"), told["entries"], strict=True)
    ]
    assert (journal[1]["at"], journal[1]["reference"]) == ("2026-03-10T17:07:00.000000Z", "AJB-1")
    assert all(sum(Decimal(line["amount"]) for line in each["lines"]) == 0 for each in journal)


def test_one_wrong_entry_keeps_all_of_them_out(client: TestClient) -> None:
    portfolio, listing = a_portfolio(client), a_listing(client)
    body = {
        "entries": [
            {"kind": "contribution", "amount": "1000"},
            {"kind": "sell", "listing_id": listing, "quantity": "1", "price": "120"},
            {"kind": "fee"},
            {"kind": "fee", "amount": "1", "at": "2099-01-01T00:00:00Z"},
        ]
    }
    wrong = client.post(f"{portfolio}/ledger", json=body)

    assert fields(wrong) == ["entries[1].quantity", "entries[2].amount", "entries[3].at"]
    assert books(client, portfolio) == ("0.00", [])


def test_the_same_key_books_once_and_another_body_under_it_is_a_conflict(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    entry = {"kind": "contribution", "amount": "1000"}
    key = {"Idempotency-Key": "march"}

    with ThreadPoolExecutor(8) as at_once:
        told = list(at_once.map(lambda _: post(client, portfolio, entry, **key), range(16)))

    assert all(each == told[0] for each in told)
    assert books(client, portfolio) == ("1000.00", [])
    other = {"entries": [entry | {"amount": "2000"}]}
    refused(client.post(f"{portfolio}/ledger", json=other, headers=key), 409)


def test_what_was_posted_is_taken_back_whole_and_once(client: TestClient) -> None:
    portfolio, listing = a_portfolio(client), a_listing(client)
    post(client, portfolio, {"kind": "contribution", "amount": "1000"})
    batch = post(
        client,
        portfolio,
        {"kind": "buy", "listing_id": listing, "quantity": "3", "price": "100", "fee": "5"},
        {"kind": "dividend", "listing_id": listing, "amount": "10", "tax": "1.50"},
    )
    body = {"ids": [batch["batch_id"]], "reason": "It was another account's."}

    told = answered(client.post(f"{portfolio}/ledger/reversals", json=body), 201)
    again = answered(client.post(f"{portfolio}/ledger/reversals", json=body), 201)

    assert [each["reverses"] for each in told["entries"]] == [
        each["id"] for each in reversed(batch["entries"])
    ]
    assert again["entries"] == []
    assert books(client, portfolio) == ("1000.00", [])
    kinds = [each["kind"] for each in answered(client.get(f"{portfolio}/ledger"))["items"]]
    assert kinds == ["contribution", "buy", "dividend", "reversal", "reversal"]


def test_units_of_positions_are_not_sold_by_hand(client: TestClient) -> None:
    """A position's shares are its rule's; what lies beside them is the person's."""
    example = open_example(client)
    portfolio = f"/portfolios/{example.portfolio_id}"
    sale = {"kind": "sell", "listing_id": example.listing_id, "quantity": "1", "price": "100"}

    assert fields(client.post(f"{portfolio}/ledger", json={"entries": [sale]})) == ["entries[0].quantity"]

    post(
        client,
        portfolio,
        {"kind": "transfer", "listing_id": example.listing_id, "quantity": "2", "price": "90"},
    )
    post(client, portfolio, sale)
    assert example.card()["shares"] == "100"
    answered(client.post(f"{example.address}/close"))
    post(client, portfolio, sale | {"quantity": "101"})
    assert books(client, portfolio)[1] == []


def test_a_frozen_portfolio_still_books(client: TestClient) -> None:
    portfolio = a_portfolio(client)
    answered(client.post(f"{portfolio}/freeze", json={"reason": "Looking."}))

    batch = post(client, portfolio, {"kind": "contribution", "amount": "10"})
    body = {"ids": [batch["entries"][0]["id"]], "reason": "Not mine."}
    answered(client.post(f"{portfolio}/ledger/reversals", json=body), 201)

    assert books(client, portfolio) == ("0.00", [])


def test_what_nobody_posted_cannot_be_taken_back(client: TestClient, house: House) -> None:
    """Neither what the rule booked nor another portfolio's entries."""
    portfolio, other = a_portfolio(client), a_portfolio(client)
    entry = post(client, other, {"kind": "contribution", "amount": "10"})["entries"][0]["id"]

    for named in (entry, str(house.ledger.new_id())):
        body = {"ids": [named], "reason": "Wrong."}
        refused(client.post(f"{portfolio}/ledger/reversals", json=body), 404)


def test_the_journal_says_what_each_entry_was_and_whether_it_can_be_taken_back(client: TestClient) -> None:
    """Newest first, page by page; cash that came is no entry that somebody posted."""
    portfolio = a_portfolio(client)
    answered(client.post(f"{portfolio}/cash", json={"kind": "deposit", "amount": "100"}))
    kept, gone = post(
        client, portfolio, {"kind": "contribution", "amount": "50"}, {"kind": "fee", "amount": "1"}
    )["entries"]
    answered(
        client.post(f"{portfolio}/ledger/reversals", json={"ids": [gone["id"]], "reason": "Never charged"}),
        201,
    )

    first = answered(client.get(f"{portfolio}/ledger", params={"order": "newest", "limit": 2}))
    rest = answered(client.get(f"{portfolio}/ledger", params={"order": "newest", "after": first["next"]}))

    told = [(each["id"], each["reversed"], each["reversible"]) for each in first["items"] + rest["items"]]
    assert [each[1:] for each in told] == [(False, False), (True, False), (False, True), (False, False)]
    assert [told[1][0], told[2][0]] == [gone["id"], kept["id"]]
    assert first["items"][0]["sentence"].endswith("Never charged")
    assert rest["items"][0]["sentence"] == kept["sentence"]
    assert {each["currency"] for each in rest["items"]} == {"USD"}
