"""Take in what brokers call back with: many together in one append, each once and only with its effect (DOMAIN §3)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from application.ledger import Cause, Ledger, Transaction
from application.messages.inbox import Inbox
from application.messages.message_booking import Taken, about_whom, book, call_on_conflict, keep
from application.orders.find_order import origins_of, position_of
from application.orders.order_reports import ACTOR
from application.ports import Message, MessageSeen
from application.ports.broker import BrokerReport
from domain.refusals import Contradiction, NotFound, NotYet, Refusal
from domain.streams import PORTFOLIO, POSITION

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Callback:
    """One delivery: the message, what it says, and the account that it names."""

    message: Message
    report: BrokerReport
    account: str | None = None

    @property
    def key(self) -> Key:
        """What a repeat is told by."""
        return self.message.source, self.message.id


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a callback, with the log's number when something was appended for it."""

    taken: Taken
    number: int | None = None


Decided = tuple[Taken | Exception, int]
"""What became of a callback within its transaction, and how many events that then had for it."""


@dataclass(frozen=True, slots=True)
class TakeCallbacks:
    """The use case with what it needs from outside."""

    ledger: Ledger
    inbox: Inbox

    def __call__(self, callbacks: Sequence[Callback]) -> list[Answer | Exception]:
        """Book callbacks in one append, and answer each in its order: an exception where it is refused.

        What is kept for later is STORED; what contradicts the books is a Conflict, and its id is not kept.
        """
        run_id = self.ledger.new_id()
        causes = self._causes(callbacks, run_id)
        seen: frozenset[Key] = frozenset()
        while True:
            try:
                outcome = self.ledger.transact(
                    Cause(ACTOR, run_id, run_id=run_id),
                    partial(_decide, callbacks=callbacks, causes=causes, seen=seen),
                )
            except MessageSeen:
                known = self.inbox.seen([callback.key for callback in callbacks])
                if known == seen:
                    raise
                seen = known
                continue
            except Contradiction as contradiction:
                if len(callbacks) > 1:
                    raise  # each is taken alone then
                return self._refused(callbacks[0], contradiction, causes)
            return _answers(outcome.answer, outcome.number)

    def _refused(
        self, callback: Callback, refusal: Contradiction, causes: Mapping[str, Cause]
    ) -> list[Answer | Exception]:
        """Call a person to what contradicts another order's books."""
        message, order = callback.message, callback.report.client_order_id

        def decide(transaction: Transaction) -> None:
            call_on_conflict(
                transaction, about_whom(transaction, order, message, callback.account), refusal, order
            )

        self.ledger.transact(causes[order], decide)
        return [refusal]

    def _causes(self, callbacks: Sequence[Callback], run_id: UUID) -> Mapping[str, Cause]:
        """By client order id: what follows from a decision says so, what follows from none begins a chain."""
        orders = dict.fromkeys(each.report.client_order_id for each in callbacks)
        origins = origins_of(self.ledger.log, orders)
        causes = {}
        for order in orders:
            origin = origins.get(order)
            if origin is None:
                causes[order] = Cause(ACTOR, self.ledger.new_id(), run_id=run_id)
            else:
                causes[order] = Cause(
                    ACTOR, origin.correlation_id, causation_id=origin.event_id, run_id=run_id
                )
        return causes


def _decide(
    transaction: Transaction, callbacks: Sequence[Callback], causes: Mapping[str, Cause], seen: frozenset[Key]
) -> list[Decided]:
    """Decide on callbacks one after the other; a repeat within the round waits for nothing but its first."""
    _prefetch(transaction, callbacks)
    kept = set(seen)
    decided: list[Decided] = []
    for callback in callbacks:
        before = transaction.events_so_far
        if callback.key in kept:
            became: Taken | Exception = Taken.DUPLICATE
        else:
            became = _take(transaction, callback, causes[callback.report.client_order_id])
            if isinstance(became, Taken):
                kept.add(callback.key)
        after = transaction.events_so_far
        decided.append((became, after if after > before else 0))
    return decided


def _take(transaction: Transaction, callback: Callback, cause: Cause) -> Taken | Exception:
    message, order = callback.message, callback.report.client_order_id
    try:
        book(transaction, message, [callback.report], cause)
    except (NotFound, NotYet) as refusal:
        about = about_whom(transaction, order, message, callback.account)
        keep(transaction, message, order, refusal, about)
        return Taken.STORED
    except Refusal as refusal:
        call_on_conflict(
            transaction, about_whom(transaction, order, message, callback.account), refusal, order
        )
        return refusal
    except ArithmeticError as error:
        return error
    return Taken.BOOKED


def _prefetch(transaction: Transaction, callbacks: Sequence[Callback]) -> None:
    wanted = []
    for callback in callbacks:
        with suppress(NotFound):
            wanted.append(position_of(callback.report.client_order_id))
    positions = transaction.prefetch(POSITION, wanted)
    transaction.prefetch(PORTFOLIO, [each.state.portfolio_id for each in positions if each.state])


def _answers(decided: Sequence[Decided], number: int | None) -> list[Answer | Exception]:
    """Each with the number of its own last event: they are the log's last ones, in the order of the round."""
    total = max((count for _, count in decided), default=0)
    return [
        became
        if isinstance(became, Exception)
        else Answer(became, number - total + count if number is not None and count else None)
        for became, count in decided
    ]
