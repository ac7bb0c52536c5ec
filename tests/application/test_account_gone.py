"""A restored portfolio whose account is gone for good: given up by a person, kept, and never armed again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from psycopg import sql
from starlette.testclient import TestClient

from alpaca_server.server import AlpacaServer
from api.http.app import create_app
from api.wiring import House
from application.declare_account_gone import DeclareAccountGone
from application.ledger import Cause
from compared_desk import Desk, open_desk
from domain.order import OrderStatus
from domain.portfolio.events import AccountDeclaredGone
from domain.refusals import Conflict, Invalid
from examples import IN_SESSION
from over_http import HERE, answered, configuration

REASON = "The broker has closed it and answers no more."


@pytest.fixture
def desk(house: House) -> Iterator[Desk]:
    """A portfolio that agreed with its account, with an order that works there, in a Ballast that was then restored."""
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        desk = open_desk(house, server)
        assert desk.reconcile().clean
        desk.order()
        house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=1)
        house.restored.over = False
        with house.pool.connection() as connection:
            connection.execute(
                sql.SQL(
                    "insert into restorations (restored_at, verified_at, file) values (%s, %s, 'a.dump')"
                ),
                (house.ledger.clock(), house.ledger.clock()),
            )
        assert not house.restored.may_act()
        yield desk


def declare(desk: Desk, reason: str = REASON, confirmation: str | None = None) -> None:
    """As whoever keeps the machine."""
    house = desk.house
    use_case = DeclareAccountGone(house.ledger, house.broker_keys, desk, house.positions_of, house.restored)
    cause = Cause(actor="local", correlation_id=house.ledger.new_id())
    use_case(cause, desk.opened.portfolio_id, reason, confirmation or desk.portfolio.title)


def test_an_account_that_answers_is_not_gone(desk: Desk) -> None:
    with pytest.raises(Conflict, match="answers for this account"):
        declare(desk)
    assert desk.portfolio.broker.is_real


def test_one_that_is_gone_is_given_up_and_everything_else_goes_on(desk: Desk) -> None:
    """Its order ends with the reason, its holdings stay, the log says who did it and why."""
    house, before = desk.house, desk.position
    desk.server.__exit__(None, None, None)

    declare(desk)

    assert house.restored.may_act()
    portfolio, position = desk.portfolio, desk.position
    assert (portfolio.broker.kind, portfolio.frozen, portfolio.account_gone) == ("paper", True, True)
    assert (position.shares, position.cash) == (before.shares, before.cash)
    assert position.order is not None
    assert position.order.status is OrderStatus.CANCELED
    newest = house.ledger.log.newest(portfolio.id, AccountDeclaredGone.name)
    assert newest is not None
    assert isinstance(newest.event, AccountDeclaredGone)
    assert (newest.event.reason, newest.event.broker.kind, newest.metadata.actor) == (
        REASON,
        "alpaca",
        "local",
    )
    assert newest.event.broker.account
    assert house.books.connected() == {}


def test_it_takes_the_name_and_a_reason(desk: Desk) -> None:
    with pytest.raises(Invalid):
        declare(desk, reason=" ")
    with pytest.raises(Invalid):
        declare(desk, confirmation="another")
    assert not desk.house.restored.may_act()


def test_nothing_is_given_up_where_nothing_waits_for_it(desk: Desk) -> None:
    """Neither without a restore nor once the account has been compared since."""
    desk.reconcile()
    assert desk.house.restored.waiting() is None
    with pytest.raises(Conflict, match="Nothing waits"):
        declare(desk)


def test_what_became_of_it_is_told_by_hand(desk: Desk) -> None:
    """Its position is closed, its shares leave and its cash is withdrawn, so that nothing stays that is not there."""
    desk.server.__exit__(None, None, None)
    declare(desk)
    house, portfolio = desk.house, f"/portfolios/{desk.opened.portfolio_id}"

    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        answered(client.post(f"/positions/{desk.opened.position_id}/close"))
        [held] = answered(client.get(f"{portfolio}/holdings"))["items"]
        cash = answered(client.get(f"{portfolio}/cash"))["portfolio"]
        lost = [
            {
                "kind": "transfer",
                "listing_id": held["listing_id"],
                "quantity": f"-{held['quantity']}",
                "price": "97",
            },
            {"kind": "withdrawal", "amount": cash},
        ]
        told = client.post(f"{portfolio}/ledger", json={"entries": lost})

        assert told.status_code == 201, told.text
        assert answered(client.get(f"{portfolio}/holdings"))["items"] == []
        assert answered(client.get(f"{portfolio}/cash"))["portfolio"] == "0.00"
