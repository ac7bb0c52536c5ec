"""A portfolio's constituents over HTTP, and which portfolios watch a listing."""

from typing import Any
from uuid import UUID, uuid4

from starlette.testclient import TestClient

from api.wiring import House
from application import positions
from domain.portfolio.state import LIVE_FEED
from examples import by_hand
from over_http import KO, Example, answered, fields, open_example, refused
from projections import constituents as rows

NEW = {"name": "Mine", "base_currency": "USD", "mode": "advisory"}


def a_portfolio(client: TestClient) -> str:
    """An advisory portfolio without anything in it."""
    address: str = answered(client.post("/portfolios", json=NEW), 201)["id"]
    return f"/portfolios/{address}/constituents"


def a_listing(client: TestClient, symbol: str) -> str:
    """A listing without an ISIN."""
    found: str = answered(client.post("/listings", json=KO | {"symbol": symbol, "isin": None}), 201)["id"]
    return found


def constituent(listing_id: str, **changes: Any) -> dict[str, Any]:
    """One in the core."""
    return {"listing_id": listing_id, "sleeve": "core"} | changes


def put(client: TestClient, address: str, *constituents: dict[str, Any]) -> dict[str, Any]:
    """The answer to setting a list."""
    return answered(client.put(address, json={"constituents": list(constituents)}))


def test_the_list_is_answered_in_the_order_of_priority(client: TestClient) -> None:
    address, a, b = a_portfolio(client), a_listing(client, "A"), a_listing(client, "B")
    park = constituent(b, sleeve="park", role="cash_park", priority=0, monitored=False)

    told = put(client, address, constituent(a), park)

    assert told == answered(client.get(address)) == {
        "items": [
            {"listing_id": b, "symbol": "B", "exchange": "XNYS", "currency": "USD"}
            | {"sleeve": "park", "role": "cash_park", "priority": 0, "monitored": False},
            {"listing_id": a, "symbol": "A", "exchange": "XNYS", "currency": "USD"}
            | {"sleeve": "core", "role": "invested", "priority": 1, "monitored": True},
        ],
        "next": None,
    }  # fmt: skip


def test_setting_it_again_changes_nothing_and_setting_another_replaces_it(client: TestClient) -> None:
    address, a, b = a_portfolio(client), a_listing(client, "A"), a_listing(client, "B")
    body = {"constituents": [constituent(a)]}
    first = client.put(address, json=body)
    again = client.put(address, json=body)

    assert first.headers["Ballast-Position"] == again.headers["Ballast-Position"]
    put(client, address, constituent(b, sleeve="other"))
    assert [each["symbol"] for each in answered(client.get(address))["items"]] == ["B"]
    put(client, address)
    assert answered(client.get(address)) == {"items": [], "next": None}


def test_every_wrong_entry_is_named_and_nothing_is_stored(client: TestClient) -> None:
    address, a = a_portfolio(client), a_listing(client, "A")
    wrong = [constituent(str(uuid4())), constituent(a), constituent(a), constituent(a, sleeve=" core")]

    assert fields(client.put(address, json={"constituents": wrong[:3]})) == [
        "constituents[0].listing_id",
        "constituents[2].listing_id",
    ]
    assert fields(client.put(address, json={"constituents": wrong[3:]})) == ["constituents[0].sleeve"]
    for change in ({"role": "both"}, {"priority": -1}, {"priority": "1"}, {"monitored": 1}, {"sleeve": ""}):
        [name] = change
        entry = constituent(a) | change
        assert fields(client.put(address, json={"constituents": [entry]})) == [f"constituents[0].{name}"]
    assert answered(client.get(address))["items"] == []


def test_nobody_sees_a_portfolio_that_there_is_not(client: TestClient) -> None:
    address = f"/portfolios/{uuid4()}/constituents"
    refused(client.get(address), 404)
    refused(client.put(address, json={"constituents": []}), 404)


def watched(house: House, address: str) -> list[str]:
    """The listings that a portfolio watches."""
    with house.pool.connection() as connection:
        return [str(each) for each in rows.watched_by(connection, UUID(address.split("/")[2]))]


def watchers(house: House, listing_id: str) -> list[tuple[str, bool]]:
    """The live portfolios that watch a listing or hold it, and whether they hold it."""
    with house.pool.connection() as connection:
        found = rows.watchers_of(connection, LIVE_FEED, UUID(listing_id))
    return [(str(each.portfolio_id), each.holds) for each in found]


def _addressed(example: Example) -> str:
    return f"/portfolios/{example.portfolio_id}/constituents"


def test_a_portfolio_watches_what_it_monitors_trades_and_holds(client: TestClient, house: House) -> None:
    example = open_example(client)
    address, other, ignored = _addressed(example), a_listing(client, "B"), a_listing(client, "C")
    put(client, address, constituent(other), constituent(ignored, monitored=False))

    assert watched(house, address) == [example.listing_id, other]
    assert watchers(house, example.listing_id) == [(example.portfolio_id, True)]
    assert watchers(house, other) == [(example.portfolio_id, False)]
    assert watchers(house, ignored) == []


def test_a_position_is_watched_whatever_the_list_says(client: TestClient, house: House) -> None:
    example = open_example(client)
    put(client, _addressed(example), constituent(example.listing_id, monitored=False))

    assert watched(house, _addressed(example)) == [example.listing_id]


def test_what_is_only_held_is_watched_unless_its_owner_says_otherwise(
    client: TestClient, house: House
) -> None:
    example = open_example(client)
    positions.close(house.ledger, by_hand(house), UUID(example.position_id))

    assert watched(house, _addressed(example)) == [example.listing_id]
    put(client, _addressed(example), constituent(example.listing_id, monitored=False))
    assert watched(house, _addressed(example)) == []
    assert watchers(house, example.listing_id) == [(example.portfolio_id, True)]
    put(client, _addressed(example))
    assert watched(house, _addressed(example)) == [example.listing_id]


def test_a_replay_is_no_watcher_of_the_live_market(client: TestClient, house: House) -> None:
    address, a = a_portfolio(client), a_listing(client, "A")
    put(client, address, constituent(a))
    portfolio_id = address.split("/")[2]

    with house.pool.connection() as connection:
        assert rows.watchers_of(connection, portfolio_id, UUID(a)) == []
    assert watchers(house, a) == [(portfolio_id, False)]
