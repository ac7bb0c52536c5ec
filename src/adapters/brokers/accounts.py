"""Which broker a portfolio trades with, and the account that it has there."""

from adapters.brokers.paper import PaperBook
from application.broker import Broker
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict


class BrokerAccounts:
    """The application's Brokers."""

    def __init__(self, paper: PaperBook) -> None:
        self._paper = paper

    def of(self, portfolio: Portfolio) -> Broker:
        """See application.broker.Brokers."""
        if portfolio.broker.kind == "paper":
            return self._paper.account(portfolio)
        raise Conflict(f"There are no keys for the {portfolio.broker.kind} account of {portfolio.title}.")
