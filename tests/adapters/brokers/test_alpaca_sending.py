"""What is known of an order after it was posted to Alpaca and something went wrong."""

import time
from decimal import Decimal

import pytest
from pydantic import SecretStr

from adapters.brokers.alpaca.account import AlpacaAccount
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.lines import Lines
from alpaca_server.server import AlpacaServer
from application.ports.broker import Credentials, DuplicateOrder, NotSent, OutcomeUnknown, Ticket
from broker_contract.bench import a_ticket, events, fills, last
from broker_contract.trickle import closed_address, trickling

ORDERS = "/v2/orders"
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


def at(url: str, seconds_max: float = 0.3) -> AlpacaAccount:
    """An account at an address."""
    keys = Credentials(SecretStr("PKTEST"), SecretStr("secret"))
    return AlpacaAccount("PA1", "paper", keys, Addresses(url), Lines(), seconds_max)


def posts(server: AlpacaServer) -> int:
    """How many orders were posted."""
    return len(server.requests_to("POST", ORDERS))


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_an_error_at_the_broker_says_nothing_of_the_order(
    server: AlpacaServer, account: AlpacaAccount, status: int, after_effect: bool
) -> None:
    """It is asked once, and a look-up tells."""
    ticket = a_ticket()
    server.faults.status("POST", ORDERS, status, after_effect=after_effect)
    with pytest.raises(OutcomeUnknown, match=str(status)):
        account.submit(ticket)
    assert posts(server) == 1
    assert (account.look_up(ticket.client_order_id) is not None) == after_effect


@pytest.mark.parametrize("after_effect", [False, True], ids=["before", "after"])
def test_an_answer_that_does_not_come_says_nothing_of_the_order(
    server: AlpacaServer, hasty: AlpacaAccount, after_effect: bool
) -> None:
    """And is not waited for."""
    ticket = a_ticket()
    server.faults.hang("POST", ORDERS, 30, after_effect=after_effect)
    began = time.monotonic()
    with pytest.raises(OutcomeUnknown, match="in time"):
        hasty.submit(ticket)
    assert time.monotonic() - began < 3
    assert posts(server) == 1
    assert (ticket.client_order_id in server.orders) == after_effect


@pytest.mark.parametrize(
    "how", [{}, {"after_effect": True}, {"midway": True}], ids=["before", "after", "midway"]
)
def test_a_line_that_breaks_says_nothing_of_the_order(
    server: AlpacaServer, account: AlpacaAccount, how: dict[str, bool]
) -> None:
    """Wherever it breaks."""
    ticket = a_ticket()
    server.faults.cut("POST", ORDERS, **how)
    with pytest.raises(OutcomeUnknown, match="line to Alpaca"):
        account.submit(ticket)
    assert posts(server) == 1
    assert (account.look_up(ticket.client_order_id) is not None) == bool(how)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 422, 502])
def test_a_web_page_says_nothing_of_the_order(
    server: AlpacaServer, account: AlpacaAccount, status: int
) -> None:
    """Who knows whose it is."""
    server.faults.html("POST", ORDERS, status, after_effect=True)
    with pytest.raises(OutcomeUnknown):
        account.submit(a_ticket())
    assert posts(server) == 1


@pytest.mark.parametrize("body", [[], {}, 5, "x", None, {"id": "1"}, {"client_order_id": "another"}])
def test_an_answer_that_is_not_the_order_says_nothing_of_it(
    server: AlpacaServer, account: AlpacaAccount, body: object
) -> None:
    """However well it is formed."""
    server.faults.json("POST", ORDERS, body, after_effect=True)
    with pytest.raises(OutcomeUnknown):
        account.submit(a_ticket())


def test_half_an_answer_says_nothing_of_the_order(server: AlpacaServer, account: AlpacaAccount) -> None:
    """Although it was accepted."""
    ticket = a_ticket()
    server.faults.truncated("POST", ORDERS)
    with pytest.raises(OutcomeUnknown):
        account.submit(ticket)
    assert account.look_up(ticket.client_order_id) is not None


@pytest.mark.parametrize("head", [b"", HEAD, HEAD + b"\r\n"], ids=["nothing", "headers", "body"])
def test_an_answer_that_trickles_in_is_not_waited_for(head: bytes) -> None:
    """Each byte comes in time, and all of them never."""
    with trickling(head) as url:
        began = time.monotonic()
        with pytest.raises(OutcomeUnknown, match="in time"):
            at(url).submit(a_ticket())
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("retry_after", [None, 7])
def test_an_order_beyond_the_rate_limit_was_not_accepted(
    server: AlpacaServer, account: AlpacaAccount, retry_after: int | None
) -> None:
    """It may be sent again when the broker says so, and it is not sent again here."""
    server.faults.status("POST", ORDERS, 429, retry_after=retry_after)
    with pytest.raises(NotSent) as refused:
        account.submit(a_ticket())
    assert refused.value.retry_after_ms == (retry_after or 1) * 1000
    assert posts(server) == 1


def test_an_order_for_which_there_was_no_line_was_not_sent() -> None:
    """That is certain, and it may be sent again."""
    with pytest.raises(NotSent) as refused:
        at(closed_address()).submit(a_ticket())
    assert refused.value.retry_after_ms is not None


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "https://127.0.0.1:1"])
def test_an_order_for_an_address_that_is_wrong_was_not_sent(url: str) -> None:
    """Nothing was there to take it."""
    with pytest.raises(NotSent):
        at(url, seconds_max=5).submit(a_ticket())


def test_an_order_was_not_sent_when_there_was_no_time_to(server: AlpacaServer) -> None:
    """Nothing has left."""
    with pytest.raises(NotSent):
        at(server.url, seconds_max=0).submit(a_ticket())
    assert posts(server) == 0


@pytest.mark.parametrize("refusal", [401, 403])
def test_keys_that_are_refused_end_the_order(
    server: AlpacaServer, account: AlpacaAccount, refusal: int
) -> None:
    """Nothing was accepted, and trying again does not help."""
    server.keys.refusal = refusal
    server.keys.secret_key = "another"
    with pytest.raises(NotSent, match="keys") as refused:
        account.submit(a_ticket())
    assert refused.value.retry_after_ms is None


@pytest.mark.parametrize(
    ("ticket", "sentence"),
    [
        (a_ticket(quantity=Decimal(100000)), "insufficient buying power"),
        (a_ticket("SELL", quantity=Decimal(101)), "insufficient qty available"),
        (a_ticket(symbol="NONE"), "not found"),
    ],
    ids=["cash", "shares", "symbol"],
)
def test_a_refusal_ends_the_order_with_the_brokers_own_sentence(
    account: AlpacaAccount, ticket: Ticket, sentence: str
) -> None:
    """So that a person reads what the broker said."""
    (report,) = account.submit(ticket).reports
    assert report.event == "rejected"
    assert sentence in (report.reason or "")


def test_an_account_that_is_blocked_ends_the_order(server: AlpacaServer, account: AlpacaAccount) -> None:
    """It is the account, not the keys."""
    server.account_says["trading_blocked"] = True
    (report,) = account.submit(a_ticket()).reports
    assert (report.event, report.reason) == ("rejected", "new orders are rejected: trading_blocked")


def test_an_id_that_is_taken_is_a_duplicate(server: AlpacaServer, account: AlpacaAccount) -> None:
    """Also when the order under it is over."""
    ticket = a_ticket()
    account.submit(ticket)
    server.cancel(ticket.client_order_id)
    with pytest.raises(DuplicateOrder):
        account.submit(ticket)
    assert len(server.orders) == 1


def test_an_order_that_was_filled_at_once_is_asked_after_at_once(
    server: AlpacaServer, account: AlpacaAccount
) -> None:
    """The answer to a posted order names no executions."""
    ticket, filled = a_ticket(), a_ticket()
    account.submit(filled)
    server.fill(filled.client_order_id, None, "97")
    theirs = account.look_up(filled.client_order_id)
    assert theirs is not None
    body = {
        "id": "1",
        "client_order_id": ticket.client_order_id,
        "status": "filled",
        "qty": "10",
        "filled_qty": "10",
        "symbol": "KO",
        "side": "buy",
        "type": "market",
        "time_in_force": "day",
        "limit_price": None,
        "submitted_at": "2026-11-20T16:00:00Z",
    }
    server.faults.json("POST", ORDERS, body, after_effect=True)
    sent = account.submit(ticket)
    assert (events(sent.reports), sent.ask_again_ms) == (["accepted"], 0)
    assert last(theirs).event == "fill"
    assert len(fills(theirs)) == 1
