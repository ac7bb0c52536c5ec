"""Workers that die at single moments between the log and a broker."""

from application.ports.broker import Broker, Brokers
from domain.portfolio.state import Portfolio


class Unreachable:
    """A worker that dies before it has reached any broker."""

    def of(self, _: Portfolio) -> Broker:
        """It was never heard of."""
        raise ConnectionError


class Forgetful:
    """A worker that dies when it has booked everything and was about to say so."""

    def __init__(self, brokers: Brokers) -> None:
        self._brokers = brokers

    def of(self, portfolio: Portfolio) -> Broker:
        """The real account, which is never told."""
        account = self._brokers.of(portfolio)
        return Untold(account)


class Untold:
    """An account that is not told what was booked."""

    def __init__(self, account: Broker) -> None:
        self.kind, self.account = account.kind, account.account
        self.submit, self.look_up = account.submit, account.look_up
        self.cancel, self.statement, self.as_sent = account.cancel, account.statement, account.as_sent

    def reported(self, _: str) -> None:
        """The process died."""
        raise ConnectionError
