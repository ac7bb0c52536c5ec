"""An account at Alpaca, as the application's Broker."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from adapters.brokers.alpaca import statement
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.answer import Unanswered
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.alpaca.reading import Reading
from adapters.brokers.alpaca.rest import AlpacaRest
from adapters.brokers.alpaca.terms import as_sent, body, refusal, rejected, sent
from adapters.brokers.alpaca.translate import ENDS, Execution, Incomplete, execution, filled, order
from adapters.brokers.alpaca.values import Garbled, Json, moment, text
from application.ports.broker import (
    BROKER_SECONDS_MAX,
    BrokerOrder,
    BrokerSilent,
    Credentials,
    NotSent,
    OutcomeUnknown,
    Sent,
    Statement,
    Ticket,
)
from domain.portfolio.events import Environment

P = ParamSpec("P")
R = TypeVar("R")

CONNECT_AGAIN_MS = 2_000
EARLIER = timedelta(minutes=1)
"""How much earlier than ours Alpaca's clock may be believed to run."""

TRIES = 3
OVER = frozenset({"filled", *ENDS})


STATEMENT_QUESTIONS = 6
"""A statement asks for orders, executions, positions and cash, some of them twice, each in pages."""


class AlpacaAccount:
    """The application's Broker at Alpaca. It may be used by several threads at once."""

    kind = "alpaca"

    def __init__(
        self,
        account: str,
        environment: Environment,
        credentials: Credentials,
        addresses: Addresses,
        lines: Lines,
        seconds_max: float = BROKER_SECONDS_MAX,
    ) -> None:
        self.account = account
        self._credentials = credentials
        self._url = addresses.rest(environment)
        self._lines = lines
        self._seconds_max = seconds_max

    def as_sent(self, ticket: Ticket) -> Ticket:
        """See application.ports.broker.Broker."""
        return as_sent(ticket)

    def submit(self, ticket: Ticket) -> Sent:
        """Post an order, once. What Alpaca does not take anyway is refused without asking it."""
        ticket = as_sent(ticket)
        reason = refusal(ticket)
        if reason is not None:
            return rejected(ticket, reason)
        try:
            answer = self._rest().ask("POST", "/orders", body(ticket))
        except Unanswered as nothing:
            if nothing.sent:
                raise OutcomeUnknown(str(nothing)) from None
            raise NotSent(str(nothing), CONNECT_AGAIN_MS) from None
        return sent(ticket, answer)

    def look_up(self, client_order_id: str) -> BrokerOrder | None:
        """An order, open or over, with all its executions; read again when one happened meanwhile.

        When there is none under the id, the account's orders and executions since the decision are gone through
        as well, before that is believed.
        """
        return _complete(self._look_up)(client_order_id)

    def reported(self, client_order_id: str) -> None:
        """Alpaca keeps no account of what it has told."""

    def cancel(self, ticket: Ticket) -> None:
        """Ask for an order to be cancelled; one that is over, or that never arrived, stays as it is."""
        return _complete(self._cancel)(ticket.client_order_id)

    def statement(self, since: datetime) -> Statement:
        """See application.ports.broker.Broker."""
        return _complete(statement.read)(Reading(self._rest(STATEMENT_QUESTIONS)), since)

    def _look_up(self, client_order_id: str) -> BrokerOrder | None:
        reading, tries = self._reading(), 0
        while True:
            theirs = reading.order_by_client_id(client_order_id) or _search(reading, client_order_id)
            if theirs is None:
                return None
            try:
                return order(theirs, _executions(reading, theirs))
            except Incomplete:
                tries += 1
                if tries == TRIES:
                    raise

    def _cancel(self, client_order_id: str) -> None:
        reading = self._reading()
        theirs = reading.order_by_client_id(client_order_id)
        if theirs is None or text(theirs, "status") in OVER:
            return
        answer = reading.cancel(text(theirs, "id"))
        ended_meanwhile = answer.status in {404, 422} and answer.message is not None
        if not 200 <= answer.status < 300 and not ended_meanwhile:
            raise BrokerSilent(str(answer))

    def _reading(self) -> Reading:
        return Reading(self._rest())

    def _rest(self, questions: int = 1) -> AlpacaRest:
        """The client for so many questions, each of which has its time."""
        until = time.monotonic() + self._seconds_max * questions
        return AlpacaRest(self._credentials, self._url, self._lines, until, self._seconds_max)


def _complete(ask: Callable[P, R]) -> Callable[P, R]:
    """``ask``, with whatever is not what Alpaca sends as no answer at all."""

    def asked(*arguments: P.args, **options: P.kwargs) -> R:
        try:
            return ask(*arguments, **options)
        except Garbled as error:
            raise BrokerSilent(str(error)) from None

    return asked


def _executions(reading: Reading, theirs: Json) -> list[Execution]:
    """The account's executions since an order came in, if it has any."""
    if not filled(theirs):
        return []
    return [execution(each) for each in reading.fills(moment(theirs, "submitted_at") - EARLIER)]


def _search(reading: Reading, client_order_id: str) -> Json | None:
    """An order that is not found under its id, among all since its decision and those that were executed since."""
    since = _decided_at(client_order_id) - EARLIER
    known: set[str] = set()
    for each in reading.orders("all", since):
        if each.get("client_order_id") == client_order_id:
            return each
        known.add(text(each, "id"))
    strangers = {text(each, "order_id") for each in reading.fills(since)} - known
    for order_id in sorted(strangers):
        stranger = reading.order_by_id(order_id)
        if stranger is not None and stranger.get("client_order_id") == client_order_id:
            return stranger
    return None


def _decided_at(client_order_id: str) -> datetime:
    """When an order was decided, which its id says; a day ago where it does not."""
    try:
        at = datetime.fromisoformat(client_order_id.split("|")[1])
    except (IndexError, ValueError):
        at = None
    return at if at is not None and at.tzinfo is not None else datetime.now(UTC) - timedelta(days=1)
