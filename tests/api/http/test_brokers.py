"""A portfolio's broker over HTTP: connecting it, going to real money, and going back to paper."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from starlette.testclient import TestClient

from adapters.brokers.keys import KeysByKind
from api.http.schemas.brokers import BrokerConnection
from api.http.schemas.portfolios import Portfolio
from api.wiring import House
from application import portfolios
from application.ledger import Cause
from broker_accounts import NEW, Alpacas, alpacas, at_once, opened, wanted
from domain.portfolio import decide
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from over_http import HERE, answered, fields, open_example, refused


@pytest.fixture
def alpaca(house: House) -> Iterator[Alpacas]:
    with alpacas(house) as found:
        yield found


def stored(house: House, query: str) -> list[tuple[Any, ...]]:
    """What a query finds."""
    with psycopg.connect(house.database_url) as connection:
        return connection.execute(query.encode()).fetchall()


def keys_stored(house: House) -> list[str]:
    """The accounts that keys are kept of."""
    return [row[0] for row in stored(house, "select account from broker_keys order by account")]


def topics(house: House) -> list[str]:
    """The portfolios' events, oldest first, without those that open them."""
    found = stored(house, "select topic from stored_events order by notification_id")
    return [row[0] for row in found if row[0].startswith("portfolio.") and "opened" not in row[0]]


def test_keys_open_the_account_that_the_broker_names(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)

    connected = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))

    secret = connected.pop("callback_secret")
    assert secret.startswith("whsec_")
    assert connected == {
        "kind": "alpaca",
        "environment": "paper",
        "account": alpaca.paper.account_number,
        "callback_url": f"{HERE}/orders/callback/{address.rpartition('/')[2]}",
    }
    broker = answered(client.get(address))["broker"]
    assert (broker["kind"], broker["environment"], broker["account"]) == (
        "alpaca",
        "paper",
        alpaca.paper.account_number,
    )
    assert topics(house) == ["portfolio.broker_connected.1"]
    portfolio = house.ledger.load(PORTFOLIO, UUID(address.rpartition("/")[2])).state
    assert portfolio is not None
    kept = house.connect_broker.credentials_of(portfolio)
    assert kept.key_id.get_secret_value() == alpaca.paper.key_id
    assert kept.secret_key.get_secret_value() == alpaca.paper.secret_key


def test_the_answers_are_of_their_documented_shapes(client: TestClient, alpaca: Alpacas) -> None:
    address = opened(client)

    for answer in (
        client.put(f"{address}/broker", json=wanted(alpaca.paper)),
        client.post(f"{address}/broker/callback-secret"),
        client.delete(f"{address}/broker"),
        client.put(f"{address}/broker", json={"kind": "paper", "reject_bps": 5}),
    ):
        BrokerConnection.model_validate_json(answer.content)
        Portfolio.model_validate_json(client.get(address).content)


def test_keys_of_the_other_environment_are_refused_before_they_travel(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)

    for body, keys, place in (
        (wanted(alpaca.live, environment="paper"), "live", "paper"),
        (wanted(alpaca.paper, environment="live", confirmation=NEW["name"]), "paper", "live"),
    ):
        answer = client.put(f"{address}/broker", json=body)

        assert fields(answer) == ["credentials.key_id"]
        assert f"These are {keys} keys, for a {place} account" in answer.json()["detail"]
    assert alpaca.paper.requests == alpaca.live.requests == []
    assert (keys_stored(house), topics(house)) == ([], [])


def test_keys_that_the_broker_does_not_know_are_refused(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    body = wanted(alpaca.paper, credentials={"key_id": alpaca.paper.key_id, "secret_key": "wrong"})

    assert fields(client.put(f"{address}/broker", json=body)) == ["credentials"]
    assert (keys_stored(house), topics(house)) == ([], [])


def test_a_silent_broker_is_nobodys_fault_and_changes_nothing(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    alpaca.paper.faults.status("GET", "/v2/account", 500)

    problem = refused(client.put(f"{address}/broker", json=wanted(alpaca.paper)), 503)

    assert problem["type"] == "/problems/broker-silent"
    assert (keys_stored(house), topics(house)) == ([], [])
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))


def test_the_keys_must_open_the_account_that_was_named(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)

    assert fields(client.put(f"{address}/broker", json=wanted(alpaca.paper, account="PA3OTHER"))) == [
        "account"
    ]
    assert (keys_stored(house), topics(house)) == ([], [])
    named = wanted(alpaca.paper, account=alpaca.paper.account_number)
    assert answered(client.put(f"{address}/broker", json=named))["account"] == alpaca.paper.account_number


def test_real_money_takes_the_name_typed_and_begins_frozen(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    for typed in (None, "", "mine", "Mine "):
        body = wanted(alpaca.live, confirmation=typed)
        assert fields(client.put(f"{address}/broker", json=body)) == ["confirmation"]
    assert alpaca.live.requests == []

    connected = answered(client.put(f"{address}/broker", json=wanted(alpaca.live)))

    assert (connected["environment"], connected["account"]) == ("live", alpaca.live.account_number)
    portfolio = answered(client.get(address))
    assert (portfolio["frozen"], portfolio["broker"]["environment"]) == (True, "live")
    assert topics(house)[1:] == ["portfolio.broker_connected.1", "portfolio.frozen.1"]
    assert keys_stored(house) == [alpaca.live.account_number]
    of_event = (
        "(select xmin::text from stored_events where topic = '{}' order by notification_id desc limit 1)"
    )
    events = [of_event.format(f"portfolio.{name}.1") for name in ("broker_connected", "frozen")]
    written = " union ".join(["select xmin::text from broker_keys", *events])
    assert len(stored(house, written)) == 1, "events and keys are one transaction"


def test_an_account_belongs_to_one_portfolio(client: TestClient, house: House, alpaca: Alpacas) -> None:
    first, second = opened(client), opened(client)
    answered(client.put(f"{first}/broker", json=wanted(alpaca.paper)))

    problem = refused(client.put(f"{second}/broker", json=wanted(alpaca.paper)), 409)

    assert first.rpartition("/")[2] not in problem["detail"]
    assert answered(client.get(second))["broker"]["kind"] == "paper"
    assert topics(house) == ["portfolio.broker_connected.1"]
    answered(client.delete(f"{first}/broker"))
    answered(client.put(f"{second}/broker", json=wanted(alpaca.paper)))


def test_of_several_that_want_one_account_at_once_one_gets_it(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    addresses = [opened(client) for _ in range(4)]

    answers = at_once(4, lambda n: client.put(f"{addresses[n]}/broker", json=wanted(alpaca.paper)))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    kinds = [answered(client.get(address))["broker"]["kind"] for address in addresses]
    assert sorted(kinds) == ["alpaca", "paper", "paper", "paper"]
    assert topics(house) == ["portfolio.broker_connected.1"]


def test_two_that_connect_one_portfolio_at_once_hear_of_one_secret(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    """What the slower one would have been told is nobody's secret: it is told none."""
    address = opened(client)

    answers = at_once(4, lambda _: client.put(f"{address}/broker", json=wanted(alpaca.paper)))

    told = {answered(answer)["callback_secret"] for answer in answers} - {None}
    counting = house.connect_broker.callback_secrets("alpaca", alpaca.paper.account_number)
    assert told == {secret.get_secret_value() for secret in counting}


def test_nothing_changes_while_an_order_is_open_but_keys_may(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    example = open_example(client)
    address = f"/portfolios/{example.portfolio_id}"
    order_id = example.evaluate(price="97.00", as_of="2026-11-20T15:30:00Z")["order_id"]
    for body in (wanted(alpaca.paper), {"kind": "paper", "auto_fill": False}):
        assert "KO is open" in refused(client.put(f"{address}/broker", json=body), 409)["detail"]
    assert alpaca.paper.requests == []
    answered(client.post(f"/orders/{order_id}/cancel"))
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    reconciled(house, example.portfolio_id)
    assert example.evaluate(price="96.00")["outcome"] == "trade"

    refused(client.delete(f"{address}/broker"), 409)
    refused(client.put(f"{address}/broker", json={"kind": "paper"}), 409)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))

    assert keys_stored(house) == [alpaca.paper.account_number]


def reconciled(house: House, portfolio_id: str) -> None:
    """Let a portfolio's orders leave, as when its broker's books agree."""

    def agree(transaction: Any) -> None:
        stream, state = transaction.require(PORTFOLIO, UUID(portfolio_id))
        transaction.append(stream, decide.reconcile(state, adopted=0, orders=0, holdings=0))

    house.ledger.transact(Cause(actor="test", correlation_id=house.ledger.new_id()), agree)


def test_disconnecting_forgets_the_keys_and_returns_to_paper(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    before = answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"]

    answer = answered(client.delete(f"{address}/broker"))

    assert (answer["kind"], answer["environment"], answer["callback_secret"]) == ("paper", "paper", None)
    assert answer["account"] == address.rpartition("/")[2]
    assert answer["callback_url"] == f"{HERE}/orders/callback"
    assert keys_stored(house) == []
    assert house.connect_broker.callback_secrets("alpaca", alpaca.paper.account_number) == []
    assert answered(client.delete(f"{address}/broker")) == answer
    assert topics(house) == ["portfolio.broker_connected.1"] * 2
    assert answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))["callback_secret"] != before


def test_disconnecting_paper_leaves_its_manners(client: TestClient) -> None:
    address = opened(client, broker={"kind": "paper", "auto_fill": False})

    answered(client.delete(f"{address}/broker"))

    assert answered(client.get(address))["broker"]["auto_fill"] is False


def test_the_paper_brokers_manners_are_changed_here_too(
    client: TestClient, house: House, alpaca: Alpacas
) -> None:
    address = opened(client)
    answered(client.put(f"{address}/broker", json=wanted(alpaca.paper)))
    manners = {"kind": "paper", "auto_fill": False, "slippage_bps": "5", "latency_ms": 20, "seed": 7}
    others = {"partial_fills": True, "reject_bps": 10, "halt_bps": 20}

    answer = answered(client.put(f"{address}/broker", json=manners | others))

    assert answered(client.get(address))["broker"] == manners | others
    assert answer["callback_secret"] is None
    assert keys_stored(house) == []


def test_paper_takes_no_keys_and_a_real_broker_no_manners(client: TestClient, alpaca: Alpacas) -> None:
    address = f"{opened(client)}/broker"
    keys = wanted(alpaca.paper)["credentials"]

    assert fields(client.put(address, json={"kind": "paper", "credentials": keys})) == ["credentials"]
    assert fields(client.put(address, json={"kind": "paper", "environment": "live"})) == ["environment"]
    assert fields(client.put(address, json={"kind": "alpaca"})) == ["environment", "credentials"]
    assert fields(client.put(address, json=wanted(alpaca.paper, auto_fill=True))) == ["auto_fill"]
    assert fields(client.put(address, json={})) == ["kind"]
    for key_id in ("", "PK 1", "PK\n", "PKé", 1, None):
        body = wanted(alpaca.paper, credentials=keys | {"key_id": key_id})
        assert fields(client.put(address, json=body)) == ["credentials.key_id"]


def test_a_portfolio_opens_on_paper(client: TestClient) -> None:
    for broker in (
        {"kind": "alpaca"},
        {"kind": "paper", "environment": "live"},
        {"kind": "paper", "account": "X"},
    ):
        assert fields(client.post("/portfolios", json=NEW | {"broker": broker})) == ["broker"]


def test_an_advisory_portfolio_has_no_broker(client: TestClient, alpaca: Alpacas) -> None:
    address = opened(client, mode="advisory")

    refused(client.put(f"{address}/broker", json=wanted(alpaca.paper)), 409)
    assert alpaca.paper.requests == []


def test_a_strangers_portfolio_is_none(client: TestClient, house: House, alpaca: Alpacas) -> None:
    portfolio_id = house.ledger.new_id()
    stranger = Cause(actor="somebody else", correlation_id=house.ledger.new_id())
    portfolios.open_portfolio(
        house.ledger,
        stranger,
        portfolio_id,
        title="Mine",
        currency="USD",
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    address = f"/portfolios/{portfolio_id}/broker"

    refused(client.put(address, json=wanted(alpaca.paper)), 404)
    refused(client.delete(address), 404)
    refused(client.post(f"{address}/callback-secret"), 404)
    assert (alpaca.paper.requests, keys_stored(house)) == ([], [])


def test_a_kind_that_nobody_here_can_ask_is_a_conflict(client: TestClient, house: House) -> None:
    house.keys = KeysByKind({})
    body = {"kind": "alpaca", "environment": "paper", "credentials": {"key_id": "PK1", "secret_key": "s"}}

    assert (
        "cannot connect to alpaca"
        in refused(client.put(f"{opened(client)}/broker", json=body), 409)["detail"]
    )
