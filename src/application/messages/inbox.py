"""Brokers' messages that wait: received durably from streams, booked by jobs, tried again until they fit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog

from application.alerts import settle_alert
from application.ledger import Cause, Ledger, Transaction
from application.messages.message_booking import (
    UNBOOKABLE,
    UNKNOWN_ORDER,
    About,
    about_whom,
    alert,
    book,
    call_on_conflict,
    keep,
    settle,
)
from application.orders.order_reports import ACTOR, OrderReports
from application.ports import Jobs, Message
from application.ports.broker import BrokerReport
from domain.events import Recorded
from domain.position.events import (
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    MergerApplied,
    OrderIntended,
    OrderReevaluated,
    SplitApplied,
)
from domain.refusals import Contradiction, NotFound, NotYet, Refusal
from domain.streams import POSITION

log = structlog.get_logger()

UNREADABLE = "unreadable_message"
LOST_AFTER = timedelta(seconds=2)
"""How long the job of a new message may take before it counts as lost."""

PROBLEM_CHARACTERS_MAX = 1_000
SOMEBODY_ELSES = "It is about an order of somebody else; the books were compared instead."

MAKES_ROOM = (
    OrderIntended, OrderReevaluated, ExecutionBooked, ExecutionCorrected, ExternalFillAdopted, SplitApplied,
    MergerApplied,
)  # fmt: skip
"""The events after which a message that could not be booked may fit."""

Translate = Callable[[bytes], Sequence[BrokerReport]]
"""What a raw message reports of one order, oldest first; nothing for what is of no interest. Raises ValueError."""


class Inbox(Protocol):
    """Everything that brokers said, by (source, id)."""

    def receive(self, message: Message, next_try_at: datetime) -> int | None:
        """Store a message that waits to be booked, and answer its number; None when it is there already."""

    def seen(self, keys: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Those of some sources and ids that are there."""

    def waiting(self, numbers: Sequence[int]) -> list[Message]:
        """Those of some messages that still wait, as they came."""

    def waiting_for(self, position_ids: Sequence[UUID]) -> list[int]:
        """The messages that wait to be booked on some positions."""

    def due(self, now: datetime) -> list[int]:
        """The messages that wait and should be tried again by now, the longest due first."""


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    """The use case with what it needs from outside."""

    ledger: Ledger
    inbox: Inbox
    jobs: Jobs

    def __call__(self, source: str, portfolio_id: UUID, message_id: str, raw: bytes) -> bool:
        """Store what a stream says; once this has returned it will be booked. False when it was there already.

        ``source`` is the translation's name, and the account where ids are unique only there: ``alpaca:PA123``.
        """
        now = self.ledger.clock()
        message = Message(source, message_id, raw, now, portfolio_id)
        number = self.inbox.receive(message, now + LOST_AFTER)
        if number is None:
            return False
        self.jobs.book_messages([number])
        return True


@dataclass(frozen=True, slots=True)
class BookMessages:
    """The use case with what it needs from outside.

    ``translations`` are by a source's name before its colon. Those of ``whole_accounts`` say everything that happens
    in an account, also to orders of somebody else.
    """

    ledger: Ledger
    inbox: Inbox
    report: OrderReports
    jobs: Jobs
    translations: Mapping[str, Translate]
    whole_accounts: frozenset[str] = frozenset()

    def __call__(self, numbers: Sequence[int]) -> int | None:
        """Book messages that wait, or keep them with their problem; answers the log's number, None for no event."""
        run_id = self.ledger.new_id()
        cause = Cause(ACTOR, run_id, run_id=run_id)
        try:
            done = self.ledger.transact(cause, lambda transaction: self._decide(transaction, numbers))
        except Contradiction as contradiction:
            if len(numbers) > 1:
                return max((self([number]) or 0 for number in numbers), default=0) or None
            refusal = contradiction
            return self.ledger.transact(cause, lambda each: self._refuse(each, numbers, refusal)).number
        for portfolio_id in done.answer:
            self.jobs.reconcile(portfolio_id)
        return done.number

    def _decide(self, transaction: Transaction, numbers: Sequence[int]) -> set[UUID]:
        """Book messages; answers the portfolios in whose accounts somebody else has traded."""
        booked: dict[UUID, set[int]] = {}
        strangers: set[UUID] = set()
        for message in self.inbox.waiting(numbers):
            for position_id in self._book(transaction, message, strangers):
                booked.setdefault(position_id, set()).add(message.number or 0)
        for position_id, done in booked.items():
            if not set(self.inbox.waiting_for([position_id])) - done:
                _all_booked(transaction, position_id)
        return strangers

    def _book(self, transaction: Transaction, message: Message, strangers: set[UUID]) -> set[UUID]:
        """Book one message; answers the position that it was booked on, if it was."""
        order, source = "", message.source.partition(":")[0]
        try:
            reports = self.translations[source](message.body)
            if not reports:
                settle(transaction, message, None)
                return set()
            order = _order_of(reports)
            return {book(transaction, message, reports, self.report.cause(order))}
        except (NotFound, NotYet) as refusal:
            about = about_whom(transaction, order, message)
            if source in self.whole_accounts and message.portfolio_id and about.position_id is None:
                strangers.add(message.portfolio_id)  # whatever it traded is found when the books are compared
                settle(transaction, message, None, SOMEBODY_ELSES)
            else:
                keep(transaction, message, order, refusal, about)
        except Refusal as refusal:
            about = about_whom(transaction, order, message)
            call_on_conflict(transaction, about, refusal, order)
            self._give_up(transaction, message, about, refusal)
        except (KeyError, ValueError, ArithmeticError) as error:
            about = About(message.portfolio_id)
            alert(transaction, about, UNREADABLE, error, message.source)
            self._give_up(transaction, message, about, error)
        return set()

    def _refuse(self, transaction: Transaction, numbers: Sequence[int], refusal: Contradiction) -> None:
        """Give up what contradicts another order's books, and call a person."""
        for message in self.inbox.waiting(numbers):
            order = _order_of(self.translations[message.source.partition(":")[0]](message.body))
            about = about_whom(transaction, order, message)
            call_on_conflict(transaction, about, refusal, order)
            self._give_up(transaction, message, about, refusal)

    @staticmethod
    def _give_up(transaction: Transaction, message: Message, about: About, problem: Exception) -> None:
        log.warning("inbox.given_up", source=message.source, id=message.id, problem=str(problem))
        settle(transaction, message, about.position_id, str(problem)[:PROBLEM_CHARACTERS_MAX])


@dataclass(frozen=True, slots=True)
class WaitingMessages:
    """What has messages tried again: every booking on their position, and a sweep when their pause is over."""

    inbox: Inbox
    jobs: Jobs

    def after(self, events: Sequence[Recorded]) -> None:
        """Try again what waits on the positions that these events changed."""
        changed = {each.stream_id for each in events if isinstance(each.event, MAKES_ROOM)}
        if changed:
            self._try(self.inbox.waiting_for(list(changed)))

    def sweep(self, now: datetime) -> None:
        """Try again what is due by now; what nobody was told of, too."""
        self._try(self.inbox.due(now))

    def _try(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.jobs.book_messages([number])  # each by itself, so that none waits for another's trouble


def _order_of(reports: Sequence[BrokerReport]) -> str:
    """The one order that reports are of. Raises ValueError when there are several."""
    (order,) = {report.client_order_id for report in reports}
    return order


def _all_booked(transaction: Transaction, position_id: UUID) -> None:
    """Nothing waits for a position any more: nobody need be called to it."""
    _, position = transaction.require(POSITION, position_id)
    for rule in (UNBOOKABLE, UNKNOWN_ORDER):
        about = (position.portfolio_id, position.listing_id, rule)
        settle_alert(transaction, about, "what the broker said is booked")
