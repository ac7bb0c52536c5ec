"""Instruments over HTTP, and the listings of them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from over_http import KO, answered, fields, refused

ETF = {"isin": "IE00BK5BQT80", "name": "FTSE All-World", "kind": "etf", "distribution": "accumulating"}
VWRP = {
    "symbol": "VWRP",
    "exchange": "XLON",
    "currency": "GBP",
    "quote_unit": "GBX",
    "lot": "1",
    "isin": "IE00BK5BQT80",
}


def listed(client: TestClient, **changes: Any) -> dict[str, Any]:
    """A listing of the ETF."""
    return answered(client.post("/listings", json=VWRP | changes), 201)


def test_an_instrument_is_registered_once(client: TestClient) -> None:
    first = answered(client.post("/instruments", json=ETF), 201)
    again = answered(client.post("/instruments", json=ETF), 201)

    assert first == again == ETF | {"id": first["id"]}
    assert answered(client.get("/instruments")) == {"items": [first], "next": None}
    assert answered(client.get(f"/instruments/{first['id']}")) == first


def test_without_an_isin_two_are_two(client: TestClient) -> None:
    coins = {"name": "Gold coins", "kind": "other"}
    first, second = (answered(client.post("/instruments", json=coins), 201) for _ in range(2))

    assert first["id"] != second["id"]
    assert first == {"id": first["id"], "isin": None, "distribution": None} | coins


def test_a_listing_makes_the_instrument_of_its_isin_known(client: TestClient) -> None:
    listing = listed(client)
    [instrument] = answered(client.get("/instruments"))["items"]

    assert instrument == {"id": listing["instrument_id"], "isin": VWRP["isin"]} | {
        "name": None,
        "kind": None,
        "distribution": None,
    }
    told = answered(client.post("/instruments", json=ETF), 201)
    assert told == ETF | {"id": listing["instrument_id"]}
    assert listed(client, symbol="VWRA", currency="USD", quote_unit="USD")["instrument_id"] == told["id"]


def test_many_listings_at_once_make_one_instrument(client: TestClient) -> None:
    symbols = [f"VWR{letter}" for letter in "ABCDEFGH"]
    with ThreadPoolExecutor(len(symbols)) as pool:
        made = [*pool.map(lambda symbol: listed(client, symbol=symbol), symbols)]

    assert len({each["id"] for each in made}) == len(symbols)
    [instrument] = answered(client.get("/instruments"))["items"]
    assert {each["instrument_id"] for each in made} == {instrument["id"]}


def test_the_same_listing_many_times_at_once_is_one(client: TestClient) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = [*pool.map(lambda _: listed(client), range(6))]

    assert len({each["id"] for each in made}) == 1


def test_more_is_told_and_something_else_takes_a_change(client: TestClient) -> None:
    instrument_id = answered(client.post("/instruments", json=ETF), 201)["id"]
    refused(client.post("/instruments", json=ETF | {"kind": "fund"}), 409)

    changed = answered(client.patch(f"/instruments/{instrument_id}", json={"kind": "fund"}))

    assert changed == ETF | {"id": instrument_id, "kind": "fund"}
    assert answered(client.get(f"/instruments/{instrument_id}")) == changed
    refused(client.patch(f"/instruments/{instrument_id}", json={"isin": KO["isin"]}), 409)
    assert fields(client.patch(f"/instruments/{instrument_id}", json={"name": None})) == ["name"]


def test_an_isin_told_later_is_that_of_its_listings(client: TestClient) -> None:
    instrument_id = answered(client.post("/instruments", json={"name": "All-World"}), 201)["id"]
    listing = listed(client, isin=None, instrument_id=instrument_id)
    assert (listing["isin"], listing["instrument_id"]) == (None, instrument_id)

    answered(client.patch(f"/instruments/{instrument_id}", json={"isin": VWRP["isin"]}))

    assert answered(client.get(f"/listings/{listing['id']}"))["isin"] == VWRP["isin"]
    assert listed(client) == listing | {"isin": VWRP["isin"]}
    other = answered(client.post("/instruments", json={"name": "Other"}), 201)["id"]
    refused(client.patch(f"/instruments/{other}", json={"isin": VWRP["isin"]}), 409)


def test_instruments_are_found_by_their_isin_and_come_in_pages(client: TestClient) -> None:
    made = [answered(client.post("/instruments", json={"name": name}), 201) for name in "abc"]
    known = answered(client.post("/instruments", json=ETF), 201)
    ordered = sorted([*made, known], key=lambda each: str(each["id"]))

    assert answered(client.get("/instruments", params={"isin": ETF["isin"]}))["items"] == [known]
    assert answered(client.get("/instruments", params={"isin": KO["isin"]}))["items"] == []
    first = answered(client.get("/instruments?limit=3"))
    assert first["items"] == ordered[:3]
    second = answered(client.get("/instruments", params={"limit": 3, "after": first["next"]}))
    assert second == {"items": ordered[3:], "next": None}


def test_what_makes_no_sense_is_refused_by_name(client: TestClient) -> None:
    for change, field in (
        ({"isin": "IE00BK5BQT81"}, "isin"),
        ({"kind": "bitcoin"}, "kind"),
        ({"distribution": "sometimes"}, "distribution"),
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
    ):
        assert fields(client.post("/instruments", json=ETF | change)) == [field], change
    assert fields(client.get("/instruments?isin=x")) == ["isin"]
    refused(client.get(f"/instruments/{uuid4()}"), 404)
    refused(client.patch(f"/instruments/{uuid4()}", json={"name": "x"}), 404)
    refused(client.post("/listings", json=VWRP | {"isin": None, "instrument_id": str(uuid4())}), 404)


def test_a_listing_names_its_instrument_once(client: TestClient) -> None:
    instrument_id = answered(client.post("/instruments", json=ETF), 201)["id"]
    assert fields(
        client.post("/listings", json=VWRP | {"isin": KO["isin"], "instrument_id": instrument_id})
    ) == ["isin"]

    assert listed(client, instrument_id=instrument_id)["instrument_id"] == instrument_id
    assert listed(client, isin=None)["instrument_id"] == instrument_id


def test_a_listing_without_an_isin_is_told_its_own(client: TestClient) -> None:
    listing = listed(client, isin=None)
    problem = refused(client.post("/listings", json=VWRP), 409)
    address = f"/listings/{listing['id']}"
    assert f"PATCH {address}" in problem["detail"]

    described = answered(
        client.patch(address, json={"isin": VWRP["isin"], "name": "All-World", "tick": "0.5"})
    )

    [instrument] = answered(client.get("/instruments"))["items"]
    assert described == listing | {
        "isin": VWRP["isin"],
        "instrument_id": instrument["id"],
        "name": "All-World",
        "tick": "0.5",
    }
    assert answered(client.get(address)) == listed(client) == described
    refused(client.patch(address, json={"isin": KO["isin"]}), 409)
    assert fields(client.patch(address, json={"tick": "0"})) == ["tick"]
    assert fields(client.patch(address, json={"lot": "2"})) == ["lot"]
