"""A span for every call to a broker."""

from contextlib import AbstractContextManager
from datetime import datetime

from opentelemetry.trace import Span

from adapters.traces.traces import Traces
from application.ports.broker import Broker, BrokerOrder, Brokers, Sent, Statement, Ticket
from domain.portfolio.state import Portfolio


class TracedBrokers:
    """The application's Brokers, each account's calls traced."""

    def __init__(self, brokers: Brokers, traces: Traces) -> None:
        self._brokers = brokers
        self._traces = traces

    def of(self, portfolio: Portfolio) -> Broker:
        """See application.ports.broker.Brokers."""
        return TracedBroker(self._brokers.of(portfolio), self._traces)


class TracedBroker:
    """The application's Broker, its calls traced."""

    def __init__(self, broker: Broker, traces: Traces) -> None:
        self._broker = broker
        self._traces = traces
        self.kind, self.account = broker.kind, broker.account
        self.as_sent, self.reported = broker.as_sent, broker.reported

    def submit(self, ticket: Ticket) -> Sent:
        """See application.ports.broker.Broker."""
        with self._call("submit", ticket.client_order_id):
            return self._broker.submit(ticket)

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
        """See application.ports.broker.Broker."""
        with self._call("look_up", client_order_id):
            return self._broker.look_up(client_order_id)

    def cancel(self, ticket: Ticket) -> None:
        """See application.ports.broker.Broker."""
        with self._call("cancel", ticket.client_order_id):
            self._broker.cancel(ticket)

    def statement(self, since: datetime) -> Statement:
        """See application.ports.broker.Broker."""
        with self._call("statement", None):
            return self._broker.statement(since)

    def _call(self, what: str, client_order_id: str | None) -> AbstractContextManager[Span]:
        attributes = {} if client_order_id is None else {"ballast.client_order_id": client_order_id}
        return self._traces.call(f"{self.kind} {what}", attributes)
