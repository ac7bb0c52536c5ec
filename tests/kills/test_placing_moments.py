"""Single moments at which a worker that places advice may die: whoever comes next places each line once."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.wiring import House
from application.ports.broker import Brokers
from dying_workers import Forgetful, Unreachable
from examples import IN_SESSION
from over_http import HERE, configuration
from placed import Placed, lines


def died_before_placing(_: Placed, __: dict[str, Any]) -> None:
    """The approval was stored, and its job was lost."""


def died_before_sending(portfolio: Placed, advice: dict[str, Any]) -> None:
    """The orders were decided, and their jobs were lost."""
    portfolio.place(advice)


def died_before_the_broker(portfolio: Placed, advice: dict[str, Any]) -> None:
    """The submissions were stored, and no broker was reached."""
    portfolio.place(advice)
    _send(portfolio, Unreachable())


def died_before_booking(portfolio: Placed, advice: dict[str, Any]) -> None:
    """The broker has the orders, has filled them, and nothing of it was booked."""
    portfolio.place(advice)
    house = portfolio.house
    for order in portfolio.orders():
        prepare = partial(house.submit_order.prepared, latest=lambda _: None)
        ids = {"position_id": UUID(order["position_id"]), "order_id": UUID(order["id"])}
        cause = house.order_reports.cause(order["client_order_id"])
        outgoing = house.ledger.transact(cause, partial(prepare, **ids)).answer
        assert outgoing is not None
        house.brokers.of(outgoing.portfolio).submit(outgoing.ticket())


def died_after_booking(portfolio: Placed, advice: dict[str, Any]) -> None:
    """Everything was booked, and the broker was not told so."""
    portfolio.place(advice)
    _send(portfolio, Forgetful(portfolio.house.brokers))


def _send(portfolio: Placed, brokers: Brokers) -> None:
    house = portfolio.house
    dying = replace(house.submit_order, dispatch=replace(house.dispatch, brokers=brokers))
    for order in portfolio.orders(status="intended"):
        with pytest.raises(ConnectionError):
            dying(UUID(order["position_id"]), UUID(order["id"]))


@pytest.mark.parametrize(
    "died",
    [
        died_before_placing,
        died_before_sending,
        died_before_the_broker,
        died_before_booking,
        died_after_booking,
    ],
)
def test_each_line_is_one_order_whenever_a_worker_dies(
    new_house: Callable[[], House], died: Callable[[Placed, dict[str, Any]], None]
) -> None:
    first, second = new_house(), new_house()
    first.ledger.clock = second.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(first, configuration()), base_url=HERE) as client:
        portfolio = Placed(client, first)
        advice = portfolio.advised()
        portfolio.does(advice, "approve")
        died(portfolio, advice)

        portfolio.house = second
        for _ in range(2):
            portfolio.place(advice)
            for order in portfolio.orders():
                second.submit_order(UUID(order["position_id"]), UUID(order["id"]))
                second.dispatch.look_up(order["client_order_id"])

        assert lines(portfolio.again(advice)) == [
            ("BUY", "VWRP", "3/3", "ended"),
            ("BUY", "WLDS", "13/13", "ended"),
        ]
        assert len(portfolio.orders()) == 2
        assert Decimal(portfolio.books()[0]) == Decimal("83.22")
        portfolio.consistent()
