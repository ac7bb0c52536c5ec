"""The brake over HTTP: one portfolio, or everything that somebody owns."""

from typing import Any

from starlette.testclient import TestClient

from api.wiring import House
from application import portfolios
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import by_hand, eventually
from over_http import answered, fields, open_example, refused

NEW = {"name": "Mine", "base_currency": "USD", "mode": "automatic", "broker": {"kind": "paper"}}
WHY = {"reason": "A bad day."}


def opened(client: TestClient) -> str:
    """A portfolio's id."""
    portfolio_id: str = answered(client.post("/portfolios", json=NEW), 201)["id"]
    return portfolio_id


def frozen(client: TestClient, **others: Any) -> dict[str, bool]:
    """Which portfolios stand still after everything is stopped, and whether they did before."""
    items = answered(client.post("/freeze", json=WHY | others))["items"]
    assert all(each["frozen"] for each in items)
    return {each["id"]: each["already_frozen"] for each in items}


def test_everything_stops_at_once_and_each_is_lifted_by_itself(client: TestClient) -> None:
    first, second = opened(client), opened(client)
    answered(client.post(f"/portfolios/{second}/freeze", json={"reason": "Something is odd."}))

    assert frozen(client) == {first: False, second: True}

    trading = answered(client.get("/health/trading"))
    assert trading["status"] == "halted"
    assert {each["id"]: each["reason"] for each in trading["frozen"]} == {
        first: "A bad day.",
        second: "Something is odd.",
    }
    shown = answered(client.get(f"/portfolios/{second}"))
    assert shown["freeze_reasons"] == ["Something is odd.", "A bad day."]
    refused(client.post("/unfreeze", json=WHY), 404)
    answered(client.post(f"/portfolios/{first}/unfreeze", json={"reason": "It was nothing."}))
    assert frozen(client) == {first: False, second: True}


def test_it_needs_a_reason_and_nothing_else(client: TestClient) -> None:
    assert fields(client.post("/freeze", json={})) == ["reason"]
    assert fields(client.post("/freeze", json=WHY | {"cancel_open_orders": "yes"})) == ["cancel_open_orders"]
    assert fields(client.post("/freeze", json=WHY | {"all": True})) == ["all"]
    assert frozen(client) == {}


def test_what_somebody_else_owns_goes_on(client: TestClient, house: House) -> None:
    mine, theirs = opened(client), opened(client)
    with house.pool.connection() as connection:
        connection.execute(
            "update portfolio_members set member = 'somebody' where portfolio_id = %s", (theirs,)
        )

    assert frozen(client) == {mine: False}


def test_under_a_key_it_answers_the_same_and_stops_nothing_that_came_later(client: TestClient) -> None:
    """A client that repeats what it is not sure of gets the first answer."""
    first = opened(client)
    key = {"Idempotency-Key": "stop-1"}
    answer = client.post("/freeze", json=WHY, headers=key)
    later = opened(client)

    again = client.post("/freeze", json=WHY, headers=key)

    assert (again.status_code, again.content) == (200, answer.content)
    assert not answered(client.get(f"/portfolios/{later}"))["frozen"]
    assert answered(client.get(f"/portfolios/{first}"))["freeze_reasons"] == ["A bad day."]
    refused(client.post("/freeze", json={"reason": "Another."}, headers=key), 409)


def test_orders_that_are_out_are_cancelled_when_that_is_asked_for(live: TestClient) -> None:
    """Through worker and sweep, and nobody decides them again."""
    example = open_example(live, broker={"auto_fill": False})
    example.evaluate(price="97.00")
    eventually(lambda: (example.card()["open_order"] or {}).get("status") == "working")

    frozen(live, cancel_open_orders=True)

    eventually(lambda: example.card()["open_order"] is None)
    (order,) = answered(live.get("/orders", params={"portfolio_id": example.portfolio_id}))["items"]
    assert order["status"] == "canceled"
    assert answered(live.get(f"/portfolios/{example.portfolio_id}"))["recalls_orders"]


def test_one_portfolio_can_be_stopped_with_its_orders_too(client: TestClient, house: House) -> None:
    portfolio_id = opened(client)
    stopped = answered(
        client.post(f"/portfolios/{portfolio_id}/freeze", json=WHY | {"cancel_open_orders": True})
    )
    assert (stopped["frozen"], stopped["recalls_orders"]) == (True, True)

    lifted = answered(client.post(f"/portfolios/{portfolio_id}/unfreeze", json={"reason": "It was nothing."}))

    assert (lifted["frozen"], lifted["recalls_orders"], lifted["freeze_reasons"]) == (False, False, [])


def test_replays_go_on(client: TestClient, house: House) -> None:
    """They own nothing and send nothing to anybody."""
    live = opened(client)
    portfolios.open_portfolio(
        house.ledger, by_hand(house), house.ledger.new_id(), title="Replay", currency="USD", mode="automatic",
        broker=BrokerChoice(), settings=SettingsChange(), clock="replay",
    )  # fmt: skip

    assert frozen(client) == {live: False}
