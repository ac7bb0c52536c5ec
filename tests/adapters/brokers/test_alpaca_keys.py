"""Whether keys are good, and which account they open."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from adapters.brokers.accounts import BrokerAccounts
from adapters.brokers.alpaca.account import AlpacaAccount
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.keys import AlpacaKeys
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.paper import PaperAccount, PaperBook
from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.ports.broker import BrokerSilent, Credentials, WrongKeys
from broker_contract.alpaca import credentials_of
from broker_contract.spoilt import EACH_FAULT, SPOILT
from broker_contract.trickle import closed_address
from domain.portfolio.events import BrokerChoice
from domain.refusals import Conflict
from stories import a_portfolio

ALPACA = BrokerChoice(kind="alpaca", environment="live", account="123456789")


def keys_at(url: str) -> AlpacaKeys:
    """Asks an address, and waits for a third of a second."""
    return AlpacaKeys(Addresses(url), Lines(), seconds_max=0.3)


def test_good_keys_open_an_account(server: AlpacaServer) -> None:
    """It is told by its number."""
    assert keys_at(server.url).verify("paper", credentials_of(server)) == server.account_number


@pytest.mark.parametrize("refusal", [401, 403])
def test_wrong_keys_are_refused_without_being_told(server: AlpacaServer, refusal: int) -> None:
    """However the broker puts it."""
    server.keys.refusal = refusal
    wrong = Credentials(SecretStr(server.key_id), SecretStr("s3cr3t"))
    with pytest.raises(WrongKeys) as refused:
        keys_at(server.url).verify("live", wrong)
    assert "live" in str(refused.value)
    assert "s3cr3t" not in repr(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("half", ["", " ", "a b ", "line\nbreak", "schlüssel", "\x00"])
def test_what_cannot_be_keys_is_not_sent(server: AlpacaServer, half: str) -> None:
    """A header carries neither."""
    for credentials in (
        Credentials(SecretStr(half), SecretStr("secret")),
        Credentials(SecretStr("PKTEST"), SecretStr(half)),
    ):
        with pytest.raises(WrongKeys):
            keys_at(server.url).verify("paper", credentials)
    assert server.requests == []


@EACH_FAULT
def test_a_broker_that_does_not_say_is_silent(server: AlpacaServer, fault: str) -> None:
    """The keys may be good or not; only a refusal is one."""
    SPOILT[fault](server.faults, "/v2/account")
    with pytest.raises(WrongKeys if fault == "no keys" else BrokerSilent):
        keys_at(server.url).verify("paper", credentials_of(server))


def test_nobody_at_the_address_is_silent(server: AlpacaServer) -> None:
    """Nothing is known of the keys, then."""
    with pytest.raises(BrokerSilent):
        keys_at(closed_address()).verify("paper", credentials_of(server))


def test_alpacas_own_addresses_are_asked_unless_others_are_set() -> None:
    """Play money and real money are at different ones."""
    assert Addresses().rest("paper") == "https://paper-api.alpaca.markets"
    assert Addresses().rest("live") == "https://api.alpaca.markets"
    assert Addresses().stream("paper") == "wss://paper-api.alpaca.markets/stream"
    assert Addresses().stream("live") == "wss://api.alpaca.markets/stream"
    assert Addresses("http://a", "ws://b").stream("live") == "ws://b"


def test_a_portfolio_has_the_account_that_it_chose(house: House, server: AlpacaServer) -> None:
    """And none without keys."""
    book, on_paper = PaperBook(house.pool), a_portfolio()
    at_alpaca = replace(on_paper, broker=ALPACA)
    with_keys = BrokerAccounts(book, lambda account: credentials_of(server))
    found = with_keys.of(at_alpaca)
    assert isinstance(found, AlpacaAccount)
    assert (found.kind, found.account) == ("alpaca", "123456789")
    assert isinstance(with_keys.of(on_paper), PaperAccount)
    with pytest.raises(Conflict, match="no keys"):
        BrokerAccounts(book).of(at_alpaca)
