"""Symbols change and are used again: everything goes by identity."""

from typing import Any

from starlette.testclient import TestClient

from over_http import KO, answered, fields, open_example, refused

WHY = {"reason": "The company has another name."}
OTHER = KO | {"isin": "US0378331005", "name": "Another"}


def renamed(client: TestClient, listing_id: str, symbol: str = "COKE", **others: Any) -> dict[str, Any]:
    """The listing under another symbol."""
    body = {"symbol": symbol} | WHY | others
    return answered(client.post(f"/listings/{listing_id}/symbol", json=body))


def retired(client: TestClient, listing_id: str) -> dict[str, Any]:
    """The listing, which trades no more."""
    return answered(client.post(f"/listings/{listing_id}/retire", json=WHY))


def registered(client: TestClient, **changes: Any) -> dict[str, Any]:
    """A listing."""
    return answered(client.post("/listings", json=KO | changes), 201)


def called(client: TestClient, symbol: str) -> list[str]:
    """The listings that go by a symbol now."""
    return [each["id"] for each in answered(client.get("/listings", params={"symbol": symbol}))["items"]]


def test_a_position_goes_on_under_the_new_symbol(live: TestClient) -> None:
    example = open_example(live)
    known = answered(live.get(f"/listings/{example.listing_id}"))

    assert renamed(live, example.listing_id) == known | {"symbol": "COKE"}

    assert example.card()["listing"] == {
        "id": example.listing_id,
        "symbol": "COKE",
        "exchange": "XNYS",
        "currency": "USD",
        "quote_unit": "USD",
    }
    assert "COKE" in example.evaluate(price="97.00")["sentence"]
    told = [each["message"] for each in example.events()]
    assert "Opened KO with 100 shares, anchored at 100 USD." in told
    assert "KO is called COKE from now on." in told
    changes = answered(live.get("/events", params={"type": "listing.symbol_changed"}))["items"]
    assert [each["message"] for each in changes] == [
        "KO on XNYS goes by COKE from 2026-11-20 on: The company has another name."
    ]


def test_the_symbol_leads_to_who_has_it_now(client: TestClient) -> None:
    first = registered(client)
    renamed(client, first["id"])
    second = registered(client, **OTHER)

    assert second["id"] != first["id"]
    assert called(client, "KO") == [second["id"]]
    assert called(client, "COKE") == [first["id"]]
    assert registered(client, symbol="COKE")["id"] == first["id"]


def test_registering_what_another_has_says_what_to_do(client: TestClient) -> None:
    first = registered(client)

    problem = refused(client.post("/listings", json=OTHER), 409)

    assert "another security, US1912161007" in problem["detail"]
    assert f"POST /listings/{first['id']}/symbol" in problem["detail"]
    body = {"symbol": "KO"} | WHY
    second = registered(client, **(OTHER | {"symbol": "PEP"}))
    refused(client.post(f"/listings/{second['id']}/symbol", json=body), 409)


def test_a_retired_listing_frees_its_symbol_and_may_come_back_under_another(client: TestClient) -> None:
    first = registered(client)
    assert retired(client, first["id"]) == first | {"retired_on": "2026-11-20"}
    assert answered(client.get(f"/listings/{first['id']}"))["retired_on"] == "2026-11-20"
    assert called(client, "KO") == []

    second = registered(client, **OTHER)

    assert called(client, "KO") == [second["id"]]
    refused(client.post(f"/listings/{first['id']}/symbol", json={"symbol": "KO"} | WHY), 409)
    assert renamed(client, first["id"])["retired_on"] is None
    assert called(client, "COKE") == [first["id"]]


def test_a_listing_with_positions_is_not_retired(client: TestClient) -> None:
    example = open_example(client)

    refused(client.post(f"/listings/{example.listing_id}/retire", json=WHY), 409)
    answered(client.post(f"{example.address}/close"))
    retired(client, example.listing_id)

    wanted = {"listing_id": example.listing_id, "cash": "0", "shares": "1", "anchor": "100"}
    refused(client.post(f"/portfolios/{example.portfolio_id}/positions", json=wanted), 409)


def test_what_is_retired_is_watched_no_more_and_joins_no_portfolio(client: TestClient) -> None:
    first, second = registered(client), registered(client, symbol="PEP")
    portfolio = answered(client.post("/portfolios", json={"name": "Mine", "base_currency": "USD"}), 201)["id"]
    address = f"/portfolios/{portfolio}/constituents"
    listed = [{"listing_id": each["id"], "sleeve": "core"} for each in (first, second)]
    answered(client.put(address, json={"constituents": listed[:1]}))
    retired(client, first["id"])
    retired(client, second["id"])

    assert fields(client.put(address, json={"constituents": listed})) == ["constituents[1].listing_id"]
    kept = answered(client.put(address, json={"constituents": [listed[0] | {"sleeve": "gone"}]}))["items"]
    assert [(each["symbol"], each["sleeve"]) for each in kept] == [("KO", "gone")]


def test_what_makes_no_sense_is_refused_by_name(client: TestClient) -> None:
    listing_id = registered(client)["id"]
    for change, field in (
        ({"symbol": "K O"}, "symbol"),
        ({"effective": "2026-11-21"}, "effective"),
        ({"effective": "1971-01-01"}, "effective"),
        ({"effective": "20.11.2026"}, "effective"),
        ({"reason": ""}, "reason"),
    ):
        body = {"symbol": "COKE"} | WHY | change
        assert fields(client.post(f"/listings/{listing_id}/symbol", json=body)) == [field], change
    assert fields(client.post(f"/listings/{listing_id}/retire", json={})) == ["reason"]
    assert called(client, "KO") == [listing_id]


def test_a_change_may_be_told_days_later(client: TestClient) -> None:
    listing_id = registered(client)["id"]
    assert renamed(client, listing_id, effective="2026-11-16")["symbol"] == "COKE"
    body = {"symbol": "PEP", "effective": "2026-11-13"} | WHY
    refused(client.post(f"/listings/{listing_id}/symbol", json=body), 409)
    assert renamed(client, listing_id, "KO", effective="2026-11-16")["symbol"] == "KO"
