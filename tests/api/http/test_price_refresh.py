"""A price refresh as a client sees it: asked for, carried out by a worker, told in a sentence and an alert."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from adapters.outbound.addresses import AddressPolicy
from api.wiring import House
from examples import IN_SESSION, eventually
from over_http import Example, answered, open_example
from provider_server.board import Quote
from provider_server.server import ProviderServer
from provider_server.spoiling import HTML, SILENT, throttled
from provider_server.spoiling import answered as answering


@pytest.fixture
def server() -> Iterator[ProviderServer]:
    with ProviderServer() as server:
        yield server


@pytest.fixture
def example(running: House, live: TestClient, server: ProviderServer) -> Example:
    """DOMAIN's example, whose prices come from a local provider without a key."""
    running.outbound_policy = AddressPolicy.parse("127.0.0.1")
    running.provider_seconds_max = 0.5
    example = open_example(live, broker={"auto_fill": False})
    quotes = {"url": f"{server.url}/quote/{{symbol}}", "last": "price", "as_of": "time", "unit": "unit"}
    server.key = ""
    provider = {"name": "alpha", "kind": "http", "headers": {"x-key": ""}, "quotes": quotes}
    address = f"/portfolios/{example.portfolio_id}/market-data"
    answered(live.put(address, json={"providers": [provider]}))
    return example


def refreshed(live: TestClient, example: Example) -> dict[str, Any]:
    """A refresh that has come to its end."""
    run = answered(live.post(f"/portfolios/{example.portfolio_id}/market-data/refresh"), 202)
    assert (run["kind"], run["status"]) == ("price_refresh", "queued")

    def ended() -> dict[str, Any] | None:
        found = answered(live.get(f"/runs/{run['id']}"))
        return found if found["ended_at"] else None

    return eventually(ended)


def test_a_refresh_is_a_run_whose_summary_says_what_came(
    live: TestClient, example: Example, server: ProviderServer
) -> None:
    server.board.quotes["KO"] = Quote("97.10", IN_SESSION)
    run = refreshed(live, example)
    assert (run["status"], run["summary"]) == ("success", "1 of 1 listing priced by alpha; 1 price is new.")
    assert example.card()["price"]["value"] == "97.10"
    snapshot = answered(live.get(f"/runs/{run['id']}/input"))
    assert snapshot["listings"] == {example.listing_id: "alpha"}
    assert len(snapshot["payloads"]) == 1
    prices = answered(live.get(f"/listings/{example.listing_id}/prices"))["items"]
    assert [(each["source"], each["last"]) for each in prices] == [("alpha", "97.10")]

    again = refreshed(live, example)
    assert again["summary"] == "1 of 1 listing priced by alpha; nothing new."
    assert answered(live.get(f"/listings/{example.listing_id}/prices"))["items"] == prices


def test_a_price_from_a_provider_is_decided_upon(
    live: TestClient, example: Example, server: ProviderServer
) -> None:
    server.board.quotes["KO"] = Quote("96.00", IN_SESSION)
    refreshed(live, example)
    eventually(lambda: example.card()["open_order"])


def test_a_provider_out_of_order_changes_nothing_and_mends_by_itself(
    live: TestClient, example: Example, server: ProviderServer
) -> None:
    """It hangs, answers 429, then garbage; one alert, which goes when good data return."""
    server.board.quotes["KO"] = Quote("60", IN_SESSION)
    for spoil in (SILENT["hangs"], answering(HTML), answering(b"[]"), throttled("1")):
        server.spoil = spoil
        assert refreshed(live, example)["status"] == "failed"
    (alert,) = answered(live.get("/alerts", params={"open": "true"}))["items"]
    assert (alert["rule"], alert["severity"]) == ("provider_failing", "WARN")
    assert "alpha did not answer" in alert["message"]
    assert answered(live.get(f"/listings/{example.listing_id}/prices"))["items"] == []
    assert example.card()["open_order"] is None

    server.spoil = None
    server.board.quotes["KO"] = Quote("99", IN_SESSION)
    example_house(live).ledger.clock = lambda: IN_SESSION.replace(minute=5)
    assert refreshed(live, example)["status"] == "success"
    assert answered(live.get("/alerts", params={"open": "true"}))["items"] == []


def test_a_frozen_portfolio_s_refresh_is_blocked_and_calls_nobody(
    live: TestClient, example: Example, server: ProviderServer
) -> None:
    answered(live.post(f"/portfolios/{example.portfolio_id}/freeze", json={"reason": "I want to look"}))
    assert refreshed(live, example)["status"] == "blocked_frozen"
    assert server.asked == []


def test_another_s_portfolio_is_not_refreshed(live: TestClient) -> None:
    assert live.post(f"/portfolios/{UUID(int=1)}/market-data/refresh").status_code == 404


def example_house(live: TestClient) -> House:
    """The house behind the application."""
    house: House = live.app.state.house  # type: ignore[attr-defined]
    return house
