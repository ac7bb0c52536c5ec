"""Questions to Alpaca: an answer is complete and true to the digit, or there is none."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.clients import http
from alpaca_server.faults import Faults
from alpaca_server.server import AlpacaServer
from application.broker import BrokerSilent, Ticket
from broker_contract.alpaca import account_at
from broker_contract.bench import DECIDED_AT, LONG_AGO, a_ticket, fills
from broker_contract.trickle import closed_address

BY_CLIENT_ID = "/v2/orders:by_client_order_id"
FILLS = "/v2/account/activities/FILL"
NOT_FOUND = {"code": 40410000, "message": "order not found for x"}

SPOILT: dict[str, Callable[[Faults, str], None]] = {
    "429": lambda faults, path: faults.status("GET", path, 429, times=9),
    "500": lambda faults, path: faults.status("GET", path, 500, times=9),
    "503": lambda faults, path: faults.status("GET", path, 503, times=9),
    "504": lambda faults, path: faults.status("GET", path, 504, times=9),
    "hang": lambda faults, path: faults.hang("GET", path, 30, times=9),
    "cut": lambda faults, path: faults.cut("GET", path, times=9),
    "cut midway": lambda faults, path: faults.cut("GET", path, times=9, midway=True),
    "HTML": lambda faults, path: faults.html("GET", path, 200, times=9),
    "HTML 404": lambda faults, path: faults.html("GET", path, 404, times=9),
    "half": lambda faults, path: faults.truncated("GET", path, times=9),
    "null": lambda faults, path: faults.json("GET", path, None, times=9),
    "number": lambda faults, path: faults.json("GET", path, 5, times=9),
    "list of numbers": lambda faults, path: faults.json("GET", path, [1], times=9),
    "another shape": lambda faults, path: faults.json("GET", path, {"orders": []}, times=9),
    "unknown path": lambda faults, path: faults.json(
        "GET", path, {"code": 40410000, "message": "endpoint not found"}, 404, times=9
    ),
    "no keys": lambda faults, path: faults.json("GET", path, {"message": "unauthorized."}, 401, times=9),
}
EACH_FAULT = pytest.mark.parametrize("fault", SPOILT)


def filled_in_parts(server: AlpacaServer, account: AlpacaAccount, parts: int = 2) -> Ticket:
    """An order of ten that was filled in so many parts."""
    ticket = a_ticket()
    account.submit(ticket)
    for _ in range(parts - 1):
        server.fill(ticket.client_order_id, Decimal(10) / parts, "97")
    server.fill(ticket.client_order_id, None, "97")
    return ticket


@EACH_FAULT
@pytest.mark.parametrize("path", [BY_CLIENT_ID, FILLS], ids=["order", "executions"])
def test_a_look_up_whose_answer_is_spoilt_says_nothing(
    server: AlpacaServer, account: AlpacaAccount, hasty: AlpacaAccount, path: str, fault: str
) -> None:
    """Least of all that there is no such order, or that it was not filled."""
    ticket = filled_in_parts(server, account)
    SPOILT[fault](server.faults, path)
    began = time.monotonic()
    with pytest.raises(BrokerSilent):
        hasty.look_up(ticket.client_order_id)
    assert time.monotonic() - began < 3


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


@EACH_FAULT
def test_a_cancellation_that_may_not_have_been_heard_is_an_error(
    server: AlpacaServer, account: AlpacaAccount, hasty: AlpacaAccount, fault: str
) -> None:
    """The person is told, and asks again."""
    ticket = a_ticket()
    account.submit(ticket)
    SPOILT[fault](server.faults, BY_CLIENT_ID)
    with pytest.raises(BrokerSilent):
        hasty.cancel(ticket)


@pytest.mark.parametrize("status", [429, 500, 504])
def test_a_cancellation_that_failed_is_an_error(
    server: AlpacaServer, account: AlpacaAccount, status: int
) -> None:
    """Whether or not it had its effect."""
    ticket = a_ticket()
    account.submit(ticket)
    server.faults.status("DELETE", "/v2/orders/*", status, after_effect=True)
    with pytest.raises(BrokerSilent):
        account.cancel(ticket)
    account.cancel(ticket)


def test_nobody_at_the_address_is_no_answer(server: AlpacaServer) -> None:
    """Nothing is open, because nothing is known."""
    account = account_at(server)
    account._url = closed_address()
    with pytest.raises(BrokerSilent):
        account.look_up("x")
    with pytest.raises(BrokerSilent):
        account.statement(LONG_AGO)


@pytest.mark.parametrize("is_open", [True, False], ids=["open", "over"])
def test_an_order_that_is_only_in_the_list_is_found(
    server: AlpacaServer, account: AlpacaAccount, is_open: bool
) -> None:
    """What is not found under its id is searched for before that is believed."""
    ticket = a_ticket()
    account.submit(ticket)
    if not is_open:
        server.cancel(ticket.client_order_id)
    server.faults.json("GET", BY_CLIENT_ID, NOT_FOUND, 404)
    found = account.look_up(ticket.client_order_id)
    assert found is not None


def test_an_order_of_which_only_executions_are_known_is_found(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """It is in no list, and yet it traded."""
    ticket = filled_in_parts(server, account)
    server.faults.json("GET", BY_CLIENT_ID, NOT_FOUND, 404)
    server.faults.empty_list("GET", "/v2/orders")
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert len(fills(found)) == 2


@EACH_FAULT
@pytest.mark.parametrize("path", ["/v2/orders", FILLS])
def test_an_order_is_not_missing_when_it_could_not_be_searched_for(
    server: AlpacaServer, hasty: AlpacaAccount, path: str, fault: str
) -> None:
    """Nobody knows, then."""
    SPOILT[fault](server.faults, path)
    with pytest.raises(BrokerSilent):
        hasty.look_up(a_ticket().client_order_id)


def test_executions_that_do_not_add_up_are_not_booked_by_half(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """The order says ten, the activities say nothing, or a half."""
    ticket = filled_in_parts(server, account)
    with http(server) as client:
        activities = client.get("/account/activities/FILL").json()
    for lie in ([], activities[:1], [activities[0], activities[0]]):
        server.faults.json("GET", FILLS, lie)
        with pytest.raises(BrokerSilent):
            account.look_up(ticket.client_order_id)
    assert account.look_up(ticket.client_order_id) is not None


@pytest.mark.parametrize("parts", [99, 100, 101, 250])
def test_executions_are_read_to_the_last_page(
    server: AlpacaServer, account: AlpacaAccount, parts: int
) -> None:
    """A page holds a hundred."""
    ticket = a_ticket(quantity=Decimal(parts))
    account.submit(ticket)
    for _ in range(parts):
        server.fill(ticket.client_order_id, 1, "97")
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert len(fills(found)) == parts
    assert len(account.statement(LONG_AGO).executions) == parts


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


def test_pages_that_go_round_in_circles_are_no_answer(server: AlpacaServer, account: AlpacaAccount) -> None:
    """They are not read for ever."""
    ticket = a_ticket(quantity=Decimal(100))
    account.submit(ticket)
    for _ in range(100):
        server.fill(ticket.client_order_id, 1, "97")
    with http(server) as client:
        page = client.get("/account/activities/FILL").json()
    server.faults.json("GET", FILLS, page, times=9)
    with pytest.raises(BrokerSilent):
        account.look_up(ticket.client_order_id)


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


@pytest.mark.parametrize("digits", ["0.123456789012345678", "97.000000000000000001"])
@pytest.mark.parametrize("write", [str, Decimal], ids=["text", "number"])
def test_no_digit_is_lost(
    server: AlpacaServer, account: AlpacaAccount, digits: str, write: Callable[[str], object]
) -> None:
    """Whether the broker writes texts or numbers."""
    ticket = filled_in_parts(server, account, parts=1)
    with http(server) as client:
        (activity,) = client.get("/account/activities/FILL").json()
    server.faults.json("GET", FILLS, [activity | {"price": write(digits)}])
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert [each.price for each in fills(found)] == [Decimal(digits)]


@pytest.mark.parametrize(
    "price", ["", "x", "NaN", "Infinity", "1e400", "１２", "1_0", "-5", 0, True, None, []]
)
def test_what_is_no_price_is_no_answer(server: AlpacaServer, account: AlpacaAccount, price: object) -> None:
    """Nothing is booked at it."""
    ticket = filled_in_parts(server, account, parts=1)
    with http(server) as client:
        (activity,) = client.get("/account/activities/FILL").json()
    server.faults.json("GET", FILLS, [activity | {"price": price}])
    with pytest.raises(BrokerSilent):
        account.look_up(ticket.client_order_id)


def test_a_correction_that_only_the_books_tell_of_is_seen_as_it_stands(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """The corrected execution has gone, the one in its place is there under its own id."""
    ticket = a_ticket()
    account.submit(ticket)
    first = server.fill(ticket.client_order_id, None, "97")
    corrected = server.correct(first, price="96.5", silent=True)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert [(each.execution_id, each.price) for each in fills(found)] == [(corrected, Decimal("96.5"))]


def test_what_is_asked_of_a_long_id_is_answered(account: AlpacaAccount) -> None:
    """An id that says no time is searched for a day back."""
    assert account.look_up("by hand") is None
    assert account.look_up(f"p|{DECIDED_AT.isoformat()}|BUY") is None
