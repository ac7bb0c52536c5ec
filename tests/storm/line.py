"""Our end of the line to the broker: calls fail before they take effect, after it, or much later."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR
from random import Random

from application.ports.broker import (
    Broker,
    BrokerOrder,
    BrokerReport,
    BrokerSilent,
    DuplicateOrder,
    ExecutionAtBroker,
    NotSent,
    OutcomeUnknown,
    Sent,
    Statement,
    Ticket,
)
from domain.portfolio.state import Portfolio
from storm.book import CENT
from storm.crashes import Moments
from storm.described import described, fill_of, reports
from storm.exchange import Exchange
from storm.floor import Floor
from storm.scenario import Weather

LATE_SECONDS_MAX = 9.0
"""How long an order may be on its way after the call that sent it has failed: less than BROKER_SECONDS_MAX."""


class Line:
    """The application's Broker over a line that fails. ``sending`` is told of every attempt to send an order."""

    kind = "alpaca"

    def __init__(
        self,
        exchange: Exchange,
        floor: Floor,
        chance: Random,
        weather: Weather,
        moments: Moments,
        sending: Callable[[Ticket], None],
    ) -> None:
        self.account = exchange.account
        self._exchange = exchange
        self._floor = floor
        self._chance = chance
        self._weather = weather
        self._moments = moments
        self._sending = sending
        self.on_their_way: list[tuple[datetime, Ticket]] = []
        self.calm = False
        self.calls = 0

    def as_sent(self, ticket: Ticket) -> Ticket:
        """With a limit price in cents."""
        if ticket.limit_price is None:
            return ticket
        rounding = ROUND_FLOOR if ticket.side == "BUY" else ROUND_CEILING
        return replace(ticket, limit_price=ticket.limit_price.quantize(CENT, rounding))

    def submit(self, ticket: Ticket) -> Sent:
        """See application.ports.broker.Broker."""
        self._call("submit")
        self._sending(ticket)
        ticket = self.as_sent(ticket)
        chance, weather = self._chance, self._weather
        if self._happens(weather.ambiguity_rate):
            self._lose(ticket)
        if self._happens(weather.refusal_rate):
            raise NotSent("too many requests", chance.choice((None, 200, 5_000, 30_000)))
        if ticket.client_order_id in self._exchange.orders:
            raise DuplicateOrder("client_order_id must be unique")
        if self._happens(weather.refusal_rate):
            return Sent([BrokerReport(ticket.client_order_id, "rejected", reason="not allowed", at=None)])
        order = self._exchange.accept(ticket, quietly=self._happens(0.5))
        if self._happens(weather.at_once_rate):
            self._floor.fill(order, whole=True)
        sent = Sent(
            chance.choice(([], reports(order), reports(order)[:1])), chance.choice((None, None, 0, 700))
        )
        self._moments.reach("broker.submit answered")
        if self._happens(weather.ambiguity_rate):
            raise OutcomeUnknown("the line broke before the answer")
        return sent

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
        """See application.ports.broker.Broker."""
        self._ask("look_up")
        found = self._exchange.orders.get(client_order_id)
        answer = described(found) if found is not None else None
        self._moments.reach("broker.look_up answered")
        return answer

    def reported(self, client_order_id: str) -> None:
        """A real broker does not care."""
        self._moments.reach("broker.reported")

    def cancel(self, ticket: Ticket) -> None:
        """See application.ports.broker.Broker. It may take effect late, or the order may be filled first."""
        self._ask("cancel")
        order = self._exchange.orders.get(ticket.client_order_id)
        if order is not None and order.status == "open":
            if self._happens(0.5):
                self._exchange.end(order, "canceled", "as asked")
            else:
                order.overlay = "pending_cancel"
                self._exchange.say(order, "pending_cancel")
        self._moments.reach("broker.cancel answered")
        if self._happens(self._weather.silence_rate):
            raise BrokerSilent("the line broke before the answer")

    def statement(self, since: datetime) -> Statement:
        """See application.ports.broker.Broker."""
        self._ask("statement")
        exchange = self._exchange
        executions = [each for each in exchange.executions.values() if each.latest.at >= since]
        answer = Statement(
            open_orders=[described(each) for each in exchange.open_orders],
            executions=[
                ExecutionAtBroker(
                    each.symbol, each.side, fill_of(each), each.broker_order_id, each.client_order_id
                )
                for each in executions
            ],
            holdings={name: purse.shares for name, purse in exchange.purses.items() if purse.shares},
            cash=exchange.cash,
        )
        self._moments.reach("broker.statement answered")
        return answer

    def arrive(self, *, all_of_them: bool = False) -> None:
        """What was on its way has arrived by now."""
        now = self._exchange.clock()
        due = [ticket for at, ticket in self.on_their_way if all_of_them or at <= now]
        self.on_their_way = [each for each in self.on_their_way if each[1] not in due]
        for ticket in due:
            self._exchange.accept(ticket)

    def _lose(self, ticket: Ticket) -> None:
        """The order is lost, or is there in a while, and nobody says which. Raises OutcomeUnknown or Crashed."""
        if ticket.client_order_id not in self._exchange.orders and self._chance.random() < 0.6:
            late = timedelta(seconds=self._chance.uniform(0, LATE_SECONDS_MAX))
            self.on_their_way.append((self._exchange.clock() + late, ticket))
        self._moments.reach("broker.submit lost")
        raise OutcomeUnknown("no answer in time")

    def _ask(self, what: str) -> None:
        self._call(what)
        if self._happens(self._weather.silence_rate):
            raise BrokerSilent("no answer in time")

    def _call(self, what: str) -> None:
        self.calls += 1
        self._moments.reach(f"broker.{what}")

    def _happens(self, rate: float) -> bool:
        return not self.calm and self._chance.random() < rate


class Lines:
    """The application's Brokers: every portfolio has an account of its own."""

    def __init__(self, lines: Mapping[str, Line]) -> None:
        self._lines = lines

    def of(self, portfolio: Portfolio) -> Broker:
        """See application.ports.broker.Brokers."""
        return self._lines[portfolio.broker.account or ""]
