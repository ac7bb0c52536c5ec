"""What is not even sent to Alpaca, and how the rest is put."""

from decimal import Decimal

import pytest

from adapters.brokers.alpaca.account import AlpacaAccount
from alpaca_server.server import AlpacaServer
from application.ports.broker import Ticket
from broker_contract.bench import a_ticket

FRACTION = Decimal("0.5")

REFUSED = {
    "London": a_ticket(exchange="XLON"),
    "simulated": a_ticket(exchange="XSIM"),
    "pounds": a_ticket(currency="GBP"),
    "pence": a_ticket(unit_scale=Decimal("0.01")),
    "class with a dash": a_ticket(symbol="BRK-B"),
    "lower case": a_ticket(symbol="ko"),
    "long id": a_ticket(client_order_id="x" * 129),
    "limit without a price": a_ticket(type="limit"),
    "market with a price": a_ticket(limit_price=Decimal(97)),
    "nothing left of the price": a_ticket("BUY", "0.00009", limit=True),
    "tenth decimal": a_ticket(quantity=Decimal("1E-10")),
    "fraction at a limit": a_ticket(limit=True, quantity=FRACTION),
    "fraction for longer": a_ticket(quantity=FRACTION, time_in_force="gtc"),
    "limit beyond the collar": a_ticket(limit=True, decided_price=Decimal("102.2")),
    "limit below the collar": a_ticket("SELL", limit=True, decided_price=Decimal("92.3")),
    "limit rounded out of the collar": a_ticket("SELL", "0.00091", limit=True),
}


@pytest.mark.parametrize("ticket", REFUSED.values(), ids=REFUSED)
def test_what_alpaca_does_not_take_is_rejected_unsent(
    server: AlpacaServer, account: AlpacaAccount, ticket: Ticket
) -> None:
    """With a sentence."""
    (report,) = account.submit(ticket).reports
    assert report.event == "rejected"
    assert len((report.reason or "").split()) > 4
    assert server.requests == []


@pytest.mark.parametrize("limit", [True, False], ids=["limit", "market"])
@pytest.mark.parametrize("after_hours", [True, False])
def test_only_limit_orders_of_the_day_trade_after_hours(
    server: AlpacaServer, account: AlpacaAccount, limit: bool, after_hours: bool
) -> None:
    """Where the position may."""
    account.submit(a_ticket(limit=limit, after_hours=after_hours))
    assert server.requests[0].body.get("extended_hours", False) == (limit and after_hours)


def test_numbers_are_posted_as_texts(server: AlpacaServer, account: AlpacaAccount) -> None:
    """A JSON number loses digits on the way."""
    account.submit(a_ticket("SELL", "97.005", limit=True, quantity=Decimal("1E+1")))
    sent = server.requests[0].body
    assert (sent["qty"], sent["limit_price"]) == ("10", "97.01")


@pytest.mark.parametrize("symbol", ["KO", "BRK.B"])
def test_symbols_are_written_as_the_broker_does(
    server: AlpacaServer, account: AlpacaAccount, symbol: str
) -> None:
    """Also those of a class of shares."""
    server.assets.add(symbol)
    ticket = a_ticket(symbol=symbol)
    account.submit(ticket)
    found = account.look_up(ticket.client_order_id)
    assert found is not None
    assert found.symbol == symbol


def test_the_collar_is_inclusive(server: AlpacaServer, account: AlpacaAccount) -> None:
    """Five per cent is not further than five per cent."""
    account.submit(a_ticket(price="105.00", limit=True, decided_price=Decimal(100)))
    assert len(server.orders) == 1
