"""Accounts at a local Alpaca."""

from contextlib import ExitStack
from decimal import Decimal

from pydantic import SecretStr

from adapters.brokers.alpaca.account import AlpacaAccount
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.lines import Lines
from alpaca_server.server import AlpacaServer
from application.ports.broker import BROKER_SECONDS_MAX, Broker, Credentials, Ticket
from broker_contract.bench import Fate


def credentials_of(server: AlpacaServer) -> Credentials:
    """The keys that a server lets in."""
    return Credentials(SecretStr(server.key_id), SecretStr(server.secret_key))


def account_at(server: AlpacaServer, seconds_max: float = BROKER_SECONDS_MAX) -> AlpacaAccount:
    """The account that a server keeps."""
    addresses = Addresses(server.url, server.stream_url)
    return AlpacaAccount(
        server.account_number, "paper", credentials_of(server), addresses, Lines(), seconds_max
    )


class AlpacaBench:
    """Accounts with money and shares, each at a server of its own; orders rest until they meet their fate."""

    def __init__(self, servers: ExitStack) -> None:
        self._servers = servers
        self._fate = Fate.RESTS
        self.server: AlpacaServer

    def account(self, fate: Fate = Fate.RESTS) -> Broker:
        """A fresh account."""
        self._fate = fate
        self.server = self._servers.enter_context(AlpacaServer(cash="100000000", positions={"KO": "100000"}))
        return self.other()

    def other(self) -> Broker:
        """The same account once more."""
        return account_at(self.server)

    def happen(self, ticket: Ticket) -> None:
        """Let the server do what is to become of an order."""
        server, client = self.server, ticket.client_order_id
        price = ticket.limit_price or ticket.decided_price
        match self._fate:
            case Fate.RESTS:
                return
            case Fate.REJECTED:
                server.reject(client)
            case Fate.HALTED:
                server.event(client, "suspended")
                server.expire(client)
            case Fate.FILLS:
                server.fill(client, None, price)
            case Fate.PARTS:
                server.partially_fill(client, ticket.quantity / Decimal(5), price)
                server.partially_fill(client, ticket.quantity / Decimal(4), price)
                server.fill(client, None, price)
