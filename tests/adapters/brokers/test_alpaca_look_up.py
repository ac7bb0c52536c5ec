"""Questions after one order: the answer is complete and true to the digit, or there is none."""

import time
from collections.abc import Callable
from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.clients import http
from alpaca_server.server import AlpacaServer
from application.ports.broker import BrokerSilent
from broker_contract.alpaca import account_at
from broker_contract.bench import DECIDED_AT, LONG_AGO, a_ticket, fills
from broker_contract.spoilt import BY_CLIENT_ID, EACH_FAULT, FILLS, SPOILT, filled_in_parts
from broker_contract.trickle import closed_address

NOT_FOUND = {"code": 40410000, "message": "order not found for x"}


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


def test_an_execution_between_two_answers_makes_it_ask_again(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """The order is read, then it is filled, then its executions are read."""
    ticket = filled_in_parts(server, account)
    with http(server) as client:
        activities = client.get("/account/activities/FILL").json()
    server.faults.json("GET", FILLS, activities[:1], times=2)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert len(fills(found)) == 2


def test_executions_of_a_part_that_do_not_add_up_are_not_booked_either(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """Of an order that still waits for more."""
    ticket = a_ticket()
    account.submit(ticket)
    for quantity in (2, 3):
        server.fill(ticket.client_order_id, quantity, "97")
    with http(server) as client:
        activities = client.get("/account/activities/FILL").json()
    for lie in (activities[:0], activities[:1]):
        server.faults.json("GET", FILLS, lie, times=3)
        with pytest.raises(BrokerSilent):
            account.look_up(ticket.client_order_id)
    assert account.look_up(ticket.client_order_id) is not None


def test_executions_that_do_not_add_up_are_not_booked_by_half(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """The order says ten, the activities say nothing, or a half."""
    ticket = filled_in_parts(server, account)
    with http(server) as client:
        activities = client.get("/account/activities/FILL").json()
    for lie in ([], activities[:1], [activities[0], activities[0]]):
        server.faults.json("GET", FILLS, lie, times=3)
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
