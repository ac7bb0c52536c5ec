"""Orders: looked at, listed, cancelled."""

from typing import Any
from uuid import uuid4

from starlette.testclient import TestClient

from examples import eventually
from over_http import AT, Example, answered, fields, open_example, refused


def only_order(example: Example, status: str) -> dict[str, Any] | None:
    """The example's one order once it has this status."""
    items = answered(example.client.get("/orders", params={"position_id": example.position_id}))["items"]
    return next((order for order in items if order["status"] == status), None)


def test_a_filled_order_shows_its_executions(live: TestClient) -> None:
    example = open_example(live)
    order_id = example.evaluate(price="97.00")["order_id"]

    order = eventually(lambda: only_order(example, "filled"))

    assert answered(live.get(f"/orders/{order_id}")) == order
    (execution,) = order.pop("executions")
    key = f"{example.position_id}|{AT}|BUY"
    assert order == {
        "id": order_id,
        "position_id": example.position_id,
        "recommendation_id": None,
        "client_order_id": key,
        "broker": "paper",
        "account": example.portfolio_id,
        "broker_order_id": f"paper-{key}",
        "side": "BUY",
        "type": "market",
        "quantity": "52",
        "filled": "52",
        "average_price": "97.00",
        "status": "filled",
        "decided_price": "97.00",
        "limit_price": None,
        "time_in_force": "day",
        "overlay": None,
    }
    assert (execution["quantity"], execution["price"], execution["commission"]) == ("52", "97.00", "0.50")


def test_orders_are_found_by_position_portfolio_and_status(client: TestClient) -> None:
    example = open_example(client)
    order_id = example.evaluate(price="97.00")["order_id"]

    for filters, found in (
        ({}, [order_id]),
        ({"position_id": example.position_id}, [order_id]),
        ({"portfolio_id": example.portfolio_id, "status": "intended"}, [order_id]),
        ({"status": "filled"}, []),
        ({"position_id": str(uuid4())}, []),
        ({"after": order_id}, []),
    ):
        page = answered(client.get("/orders", params=filters))
        assert [order["id"] for order in page["items"]] == found, filters

    assert fields(client.get("/orders?status=lost")) == ["status"]


def test_an_order_that_has_not_left_is_cancelled_at_once_and_again(client: TestClient) -> None:
    example = open_example(client)
    order_id = example.evaluate(price="97.00")["order_id"]
    address = f"/orders/{order_id}/cancel"

    canceled = answered(client.post(address))

    assert canceled["status"] == "canceled"
    assert answered(client.post(address)) == canceled
    assert example.card()["open_order"] is None


def test_an_order_at_the_broker_is_cancelled_there(live: TestClient) -> None:
    example = open_example(live, broker={"auto_fill": False})
    example.evaluate(price="97.00")
    order = eventually(lambda: only_order(example, "working"))
    assert example.card()["open_order"] == order

    canceled = answered(live.post(f"/orders/{order['id']}/cancel", headers={"Idempotency-Key": "stop"}))

    assert (canceled["status"], canceled["filled"]) == ("canceled", "0")
    assert example.card()["anchor"] == "100"


def test_a_filled_order_cannot_be_cancelled(live: TestClient) -> None:
    example = open_example(live)
    order_id = example.evaluate(price="97.00")["order_id"]
    eventually(lambda: only_order(example, "filled"))

    refused(live.post(f"/orders/{order_id}/cancel"), 409)


def test_an_unknown_order_is_404(client: TestClient) -> None:
    refused(client.get(f"/orders/{uuid4()}"), 404)
    refused(client.post(f"/orders/{uuid4()}/cancel"), 404)
