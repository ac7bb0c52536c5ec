"""An account at one moment: all of it, or nothing is said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.clients import http
from alpaca_server.server import AlpacaServer
from application.ports.broker import BrokerSilent
from broker_contract.alpaca import account_at
from broker_contract.bench import LONG_AGO, a_ticket
from broker_contract.spoilt import EACH_FAULT, FILLS, SPOILT, filled_in_parts


@EACH_FAULT
@pytest.mark.parametrize("path", ["/v2/orders", FILLS, "/v2/positions", "/v2/account"])
def test_a_statement_of_which_a_part_is_spoilt_says_nothing(
    server: AlpacaServer, account: AlpacaAccount, hasty: AlpacaAccount, path: str, fault: str
) -> None:
    """Whichever part it is."""
    filled_in_parts(server, account)
    SPOILT[fault](server.faults, path)
    with pytest.raises(BrokerSilent):
        hasty.statement(LONG_AGO)


@pytest.mark.parametrize("count", [499, 500, 501, 1001])
def test_open_orders_are_read_to_the_last_page(
    server: AlpacaServer, account: AlpacaAccount, count: int
) -> None:
    """A page holds five hundred."""
    account.submit(a_ticket(quantity=Decimal("0.001")))
    (order,) = server.orders.values()
    for number in range(count - 1):
        at = server.book.now()
        copy = type(order)(
            **{name: getattr(order, name) for name in order.__dataclass_fields__}
            | {
                "order_id": f"o{number}",
                "client_order_id": f"c{number}",
                "submitted_at": at,
                "executions": [],
            }
        )
        server.book.orders[copy.client_order_id] = copy
    assert len(account.statement(LONG_AGO).open_orders) == count


def test_no_executions_are_not_believed_of_orders_that_are_filled(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """Nor half of them."""
    filled_in_parts(server, account)
    with http(server) as client:
        activities = client.get("/account/activities/FILL").json()
    for count in (0, 1):
        server.faults.json("GET", FILLS, activities[:count], times=2)
        with pytest.raises(BrokerSilent, match="every execution"):
            account.statement(LONG_AGO)
    assert len(account.statement(LONG_AGO).executions) == 2


def test_no_positions_are_not_believed_while_the_account_is_worth_more(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """An empty answer is never read as flat."""
    server.faults.empty_list("GET", "/v2/positions", times=9)
    with pytest.raises(BrokerSilent, match="equity"):
        account.statement(LONG_AGO)


def test_no_positions_are_believed_of_an_account_that_is_all_cash() -> None:
    """Then it is flat."""
    with AlpacaServer(cash="1000.01") as server:
        statement = account_at(server).statement(LONG_AGO)
    assert (statement.holdings, statement.cash) == ({}, Decimal("1000.01"))


def test_a_statement_of_an_account_that_moves_is_that_of_one_moment(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """What happens between two of its answers makes it begin again."""
    ticket = a_ticket()
    account.submit(ticket)
    true = account.statement(LONG_AGO)
    assert true.holdings == {"KO": Decimal(100)}
    server.faults.hang("GET", "/v2/positions", 0.2)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(account.statement, LONG_AGO)
        server.wait_for(lambda: len(server.requests_to("GET", "/v2/positions")) == 2)
        server.fill(ticket.client_order_id, None, "97")
        statement = asked.result()
    assert len(server.requests_to("GET", "/v2/positions")) == 3
    assert statement.open_orders == []
    assert statement.holdings == {"KO": Decimal(110)}
    assert sum(each.fill.quantity for each in statement.executions) == 10


def test_a_trade_by_hand_is_in_the_statement_under_the_id_that_it_has(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """And so is one whose order was sent long before the moment that is asked about."""
    ticket = a_ticket()
    account.submit(ticket)
    since = datetime.now(UTC)
    theirs = server.trade_outside("KO", "sell", "3", "97.123456789")
    server.fill(ticket.client_order_id, None, "97")
    executions = account.statement(since).executions
    assert [(each.client_order_id, each.side, each.fill.price) for each in executions] == [
        (theirs.client_order_id, "SELL", Decimal("97.123456789")),
        (ticket.client_order_id, "BUY", Decimal(97)),
    ]
