"""Which broker a portfolio trades with, and the account that it has there."""

from collections.abc import Callable

from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.paper import PaperBook
from application.ports.broker import Broker, BrokerAccount, Credentials
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict

CredentialsOf = Callable[[BrokerAccount], Credentials]
"""The keys of an account. Raises Conflict when they are not there, or cannot be opened."""


class BrokerAccounts:
    """The application's Brokers. Without ``credentials_of`` there is only paper."""

    def __init__(
        self,
        paper: PaperBook,
        credentials_of: CredentialsOf | None = None,
        addresses: Addresses | None = None,
        lines: Lines | None = None,
    ) -> None:
        self._paper = paper
        self._credentials_of = credentials_of
        self._addresses = addresses or Addresses()
        self._lines = lines or Lines()

    def of(self, portfolio: Portfolio) -> Broker:
        """See application.ports.broker.Brokers."""
        broker = portfolio.broker
        if broker.kind == "paper":
            return self._paper.account(portfolio)
        if self._credentials_of is None or broker.environment is None or broker.account is None:
            raise Conflict(f"There are no keys for the {broker.kind} account of {portfolio.title}.")
        # Here and not above: the SDK imports pandas, a second which a house without an account shall not pay.
        from adapters.brokers.alpaca.account import AlpacaAccount  # noqa: PLC0415

        account = BrokerAccount(portfolio.id, broker.kind, broker.environment, broker.account)
        credentials = self._credentials_of(account)
        return AlpacaAccount(broker.account, broker.environment, credentials, self._addresses, self._lines)
