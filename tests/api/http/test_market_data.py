"""Where a portfolio's prices come from, over HTTP: described in the open, with keys that only ever go in."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from domain.market_data.providers import Provider
from domain.streams import PORTFOLIO
from over_http import answered, fields, refused

KEY = "a-key-that-nobody-may-see"
NEW = {"name": "Mine", "base_currency": "USD", "mode": "advisory"}
ALPHA: dict[str, Any] = {
    "name": "alpha",
    "kind": "http",
    "headers": {"X-Key": "{key}"},
    "quotes": {"url": "https://prices.example/{symbol}", "last": "price", "as_of": "time"},
}
SEALING_KEY, NEWER_KEY = new_sealing_key(), new_sealing_key()


@pytest.fixture
def address(client: TestClient, house: House) -> str:
    house.sealing_key = lambda: SecretStr(SEALING_KEY)
    portfolio_id = answered(client.post("/portfolios", json=NEW), 201)["id"]
    return f"/portfolios/{portfolio_id}/market-data"


def body(*providers: Mapping[str, Any]) -> dict[str, Any]:
    return {"providers": list(providers)}


def key_of(house: House, address: str) -> object:
    """What is sealed of the portfolio's first provider."""
    portfolio_id = UUID(address.split("/")[2])
    state = house.ledger.load(PORTFOLIO, portfolio_id).state
    assert state is not None
    secret = house.provider_keys.key_of(portfolio_id, state.providers[0])
    return secret.get_secret_value() if isinstance(secret, SecretStr) else secret


def test_the_list_is_answered_in_the_order_in_which_they_are_asked(client: TestClient, address: str) -> None:
    told = answered(client.put(address, json=body(ALPHA | {"key": KEY}, {"name": "drop", "kind": "files"})))
    assert told == answered(client.get(address))
    assert [(each["name"], each["has_key"]) for each in told["providers"]] == [
        ("alpha", True),
        ("drop", False),
    ]
    assert told["providers"][0]["quotes"]["url"] == ALPHA["quotes"]["url"]


def test_a_portfolio_asks_nobody_at_first(client: TestClient, address: str) -> None:
    assert answered(client.get(address)) == {"providers": []}


def test_setting_it_again_changes_nothing(client: TestClient, address: str) -> None:
    first = client.put(address, json=body(ALPHA | {"key": KEY}))
    again = client.put(address, json=body(ALPHA))
    assert answered(first) == answered(again)
    assert first.headers["Ballast-Position"] == again.headers["Ballast-Position"]


def test_the_key_is_sealed_and_stands_in_no_answer_and_no_event(
    client: TestClient, house: House, address: str
) -> None:
    put = client.put(address, json=body(ALPHA | {"key": KEY}), headers={"Idempotency-Key": "once"})
    again = client.put(address, json=body(ALPHA | {"key": KEY}), headers={"Idempotency-Key": "once"})
    assert answered(put) == answered(again)
    assert key_of(house, address) == KEY
    with house.pool.connection() as connection:
        for table in ("stored_events", "receipts", "provider_keys"):
            rows = connection.execute(f"select t::text from {table} t").fetchall()
            assert KEY not in json.dumps(rows)
            assert KEY.encode().hex() not in json.dumps(rows)
    assert KEY not in put.text + client.get(address).text


def test_another_key_replaces_it_and_a_provider_that_goes_takes_it_along(
    client: TestClient, house: House, address: str
) -> None:
    answered(client.put(address, json=body(ALPHA | {"key": KEY})))
    answered(client.put(address, json=body(ALPHA | {"key": "another"})))
    assert key_of(house, address) == "another"
    answered(client.put(address, json=body()))
    assert fields(client.put(address, json=body(ALPHA))) == ["providers[0].key"]


def test_a_key_never_follows_its_provider_to_another_host(client: TestClient, address: str) -> None:
    answered(client.put(address, json=body(ALPHA | {"key": KEY})))
    elsewhere = ALPHA | {"quotes": ALPHA["quotes"] | {"url": "https://thief.example/{symbol}"}}
    problem = refused(client.put(address, json=body(elsewhere)), 422)
    assert "another host" in problem["errors"][0]["detail"]
    other_path = ALPHA | {"quotes": ALPHA["quotes"] | {"url": "https://prices.example/v2/{symbol}"}}
    assert answered(client.put(address, json=body(other_path)))["providers"][0]["has_key"]


@pytest.mark.parametrize(
    ("provider", "field"),
    [
        (ALPHA, "providers[0].key"),
        (ALPHA | {"headers": {}, "key": KEY}, "providers[0].key"),
        (ALPHA | {"key": "with space"}, "providers[0].key"),
        (ALPHA | {"credentials": {"key_id": "a", "secret_key": "b"}}, "providers[0].credentials"),
        ({"name": "drop", "kind": "files", "key": KEY}, "providers[0].key"),
        ({"name": "alpaca", "kind": "alpaca"}, "providers[0].credentials"),
        (
            ALPHA | {"quotes": {"url": "ftp://a/{symbol}", "last": "p", "as_of": "t"}},
            "providers[0].quotes.url",
        ),
        (
            ALPHA | {"quotes": {"url": "https://a/{symbol}", "last": "p..", "as_of": "t"}},
            "providers[0].quotes.last",
        ),
        (ALPHA | {"quotes": {"url": "https://a/", "last": "p", "as_of": "t"}}, "providers[0].quotes"),
        (ALPHA | {"headers": {"X-Key": "a\nb"}}, "providers[0].headers.X-Key"),
        (ALPHA | {"interval": 5}, "providers[0].interval"),
        ({"name": "alpha", "kind": "http"}, "providers[0]"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_stored(
    client: TestClient, address: str, provider: Mapping[str, Any], field: str
) -> None:
    answer = client.put(address, json=body(provider))
    assert fields(answer) == [field]
    assert KEY not in answer.text
    assert answered(client.get(address)) == {"providers": []}


def test_a_name_stands_once(client: TestClient, address: str) -> None:
    twice = {"name": "a", "kind": "files"}, {"name": "a", "kind": "simulated"}
    assert fields(client.put(address, json=body(*twice))) == ["providers[0].name", "providers[1].name"]


def test_alpaca_has_keys_of_its_own_or_its_broker_s(client: TestClient, house: House, address: str) -> None:
    alpaca = {"name": "alpaca", "kind": "alpaca", "feed": "iex"}
    keys = {"credentials": {"key_id": "PK1", "secret_key": KEY}}
    assert answered(client.put(address, json=body(alpaca | keys)))["providers"][0]["has_key"]
    assert KEY not in client.get(address).text


def test_another_s_portfolio_is_as_good_as_none(client: TestClient) -> None:
    nobody = f"/portfolios/{UUID(int=1)}/market-data"
    refused(client.get(nobody), 404)
    refused(client.put(nobody, json=body()), 404)


def test_without_a_sealing_key_no_key_is_kept(client: TestClient, house: House, address: str) -> None:
    house.sealing_key = lambda: None
    refused(client.put(address, json=body(ALPHA | {"key": KEY})), 503)
    assert answered(client.get(address)) == {"providers": []}


def test_the_timeline_tells_who_is_asked(client: TestClient, house: House, address: str) -> None:
    answered(client.put(address, json=body(ALPHA | {"key": KEY}, {"name": "drop", "kind": "files"})))
    state = house.ledger.load(PORTFOLIO, UUID(address.split("/")[2]))
    told = house.log.newest(state.id, "portfolio.providers_set.1")
    assert told is not None
    assert told.event.sentence() == "Prices come from alpha, then drop."


def test_a_new_sealing_key_seals_anew_and_the_old_one_may_go(
    client: TestClient, house: House, address: str
) -> None:
    answered(client.put(address, json=body(ALPHA | {"key": KEY})))
    house.sealing_key = lambda: SecretStr(f"{NEWER_KEY} {SEALING_KEY}")
    assert (house.provider_keys.reseal(), house.provider_keys.reseal()) == (1, 0)
    house.sealing_key = lambda: SecretStr(NEWER_KEY)
    assert key_of(house, address) == KEY


def test_a_seal_opens_for_its_own_portfolio_provider_and_host_only(
    client: TestClient, house: House, address: str
) -> None:
    answered(client.put(address, json=body(ALPHA | {"key": KEY})))
    portfolio_id = UUID(address.split("/")[2])
    alpha = Provider.model_validate(ALPHA)
    moved = Provider.model_validate(
        ALPHA | {"quotes": ALPHA["quotes"] | {"url": "https://thief.example/{symbol}"}}
    )
    with house.pool.connection() as connection:
        connection.execute("update provider_keys set hosts = '{https://thief.example}'")
    assert house.provider_keys.key_of(portfolio_id, alpha) is None
    with pytest.raises(Exception, match="cannot be opened"):
        house.provider_keys.key_of(portfolio_id, moved)
