"""Listings, and the prices stored of them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from examples import IN_SESSION
from over_http import KO, answered, fields, open_example, refused


def test_a_listing_that_is_known_is_answered_as_it_is(client: TestClient) -> None:
    first = answered(client.post("/listings", json=KO), 201)
    again = answered(client.post("/listings", json=KO), 201)

    more = {"tick": None, "retired_on": None, "instrument_id": first["instrument_id"]}
    assert first == again == KO | {"id": first["id"]} | more
    assert answered(client.get("/listings")) == {"items": [first], "next": None}
    assert answered(client.get(f"/listings/{first['id']}")) == first


def test_the_same_symbol_with_other_particulars_is_a_conflict(client: TestClient) -> None:
    answered(client.post("/listings", json=KO), 201)

    refused(client.post("/listings", json=KO | {"lot": "10"}), 409)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"exchange": "NYSE"}, "exchange"),
    ({"exchange": "XXXX"}, "exchange"),
    ({"exchange": None}, "exchange"),
    ({"symbol": ""}, "symbol"),
    ({"symbol": "K\u0000"}, "symbol"),
    ({"currency": "usd"}, "currency"),
    ({"quote_unit": "GBX"}, "quote_unit"),
    ({"lot": "0"}, "lot"),
    ({"lot": 1}, "lot"),
    ({"isin": "US"}, "isin"),
    ({"isin": "US1912161008"}, "isin"),
    ({"currency": "GBX", "quote_unit": "GBX"}, "currency"),
    ({"tick": "0"}, "tick"),
    ({"tick": "-0.01"}, "tick"),
    ({"name": "Coca\nCola"}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"colour": "red"}, "colour"),
]


def test_particulars_that_make_no_sense_are_refused_by_name(client: TestClient) -> None:
    for change, field in BAD:
        assert fields(client.post("/listings", json=KO | change)) == [field], change


def test_listings_are_found_by_what_is_known_of_them(client: TestClient) -> None:
    ko = answered(client.post("/listings", json=KO), 201)
    pep = answered(client.post("/listings", json=KO | {"symbol": "PEP", "isin": None, "tick": "0.01"}), 201)
    vow = {"symbol": "KO", "exchange": "XETR", "currency": "EUR", "quote_unit": "EUR"}
    german = answered(client.post("/listings", json=KO | vow), 201)

    def found(**filters: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = answered(client.get("/listings", params=filters))["items"]
        return items

    assert found() == [ko, pep, german]
    assert found(symbol="KO") == [ko, german]
    assert found(symbol="KO", exchange="XETR") == [german]
    assert found(exchange="XNYS") == [ko, pep]
    assert found(isin=str(KO["isin"])) == [ko, german]
    assert found(symbol="NONE") == []
    assert found(limit="1") == [ko]
    assert found(limit="1", after=ko["id"]) == [pep]
    assert fields(client.get("/listings", params={"after": "1"})) == ["after"]


def test_units_are_answered_by_the_name_they_have_here(client: TestClient) -> None:
    pence = {"symbol": "VOD", "exchange": "XLON", "currency": "GBP", "isin": None}
    first = answered(client.post("/listings", json=KO | pence | {"quote_unit": "GBp"}), 201)
    again = answered(client.post("/listings", json=KO | pence | {"quote_unit": "GBX"}), 201)

    assert first == again
    assert first["quote_unit"] == "GBX"


def test_stored_prices_come_in_pages_oldest_first(client: TestClient) -> None:
    example = open_example(client)
    for minutes in (2, 0, 1):
        example.tick(f"100.{minutes}", IN_SESSION - timedelta(minutes=minutes))
    address = f"/listings/{example.listing_id}/prices"

    first = answered(client.get(address, params={"limit": 2}))
    second = answered(client.get(address, params={"limit": 2, "after": first["next"]}))

    assert [each["last"] for each in first["items"] + second["items"]] == ["100.2", "100.1", "100.0"]
    assert second["next"] is None
    assert fields(client.get(address, params={"after": "yesterday"})) == ["after"]


def test_prices_of_one_moment_are_all_seen_whatever_the_page(client: TestClient) -> None:
    example = open_example(client)
    for source in ("a", "b", "c"):
        quote = {
            "listing_id": example.listing_id,
            "last": "100",
            "as_of": "2026-11-20T16:00:00Z",
            "source": source,
        }
        answered(client.post("/prices", json={"quotes": [quote]}))
    seen, after = [], None
    for _ in range(3):
        parameters = {"limit": 1} | ({"after": after} if after else {})
        page = answered(client.get(f"/listings/{example.listing_id}/prices", params=parameters))
        seen += [each["source"] for each in page["items"]]
        after = page["next"]

    assert seen == ["a", "b", "c"]


def test_an_unknown_listing_has_no_prices(client: TestClient) -> None:
    refused(client.get(f"/listings/{uuid4()}/prices"), 404)
    refused(client.get(f"/listings/{uuid4()}"), 404)


def test_who_types_a_few_letters_finds_the_listing_that_is_meant(client: TestClient) -> None:
    """By symbol or name from its beginning, exchange or ISIN; each word narrows, and the best comes first."""
    known: list[dict[str, Any]] = [
        KO | {"symbol": "KOF", "isin": None, "name": "Coca-Cola FEMSA"},
        KO | {"name": "The Coca-Cola Company"},
        KO
        | {"symbol": "KO", "exchange": "XETR", "currency": "EUR", "quote_unit": "EUR", "name": "Coca-Cola"},
        KO | {"symbol": "PG", "isin": None, "name": "Procter & Gamble"},
        KO | {"symbol": "BRK.B", "isin": None, "name": "Berkshire's own \\ B"},
    ]
    for each in known:
        answered(client.post("/listings", json=each), 201)

    def found(words: str, limit: int = 20) -> list[str]:
        items = answered(client.get("/listings", params={"q": words, "limit": limit}))["items"]
        return [f"{each['symbol']} {each['exchange']}" for each in items]

    assert found("ko") == ["KO XNYS", "KO XETR", "KOF XNYS"]
    assert found("ko", limit=1) == ["KO XNYS"]
    assert found("Ko xetr ko") == ["KO XETR"]
    assert found("coca femsa") == ["KOF XNYS"]
    assert found("cola compa") == ["KO XNYS"]
    assert found("ola") == []
    assert found(str(KO["isin"])) == ["KO XNYS", "KO XETR"]
    assert found("procter & gamble") == ["PG XNYS"]
    assert found("brk.") == ["BRK.B XNYS"]
    assert found("berkshire's") == ["BRK.B XNYS"]
    assert found("' \\ :* & ! ( <->") == []
    assert found("k") == found("K%") + found("k")
    assert fields(client.get("/listings", params={"q": "ko", "symbol": "KO"})) == ["q"]
