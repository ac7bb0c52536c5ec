"""Send the orders of paper accounts many at a time: one append before, one entry in the book, one append after.

What goes to a real broker goes alone, in a job of its own, so that none waits for another's answer.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.ledger import Cause, Ledger, Transaction
from application.orders.dispatch import Outgoing
from application.orders.order_reports import ACTOR, take
from application.orders.submit_order import SubmitOrder
from application.ports import Jobs, Origin, PricePoint, Prices
from application.ports.broker import Sent, Ticket
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.refusals import Refusal
from domain.streams import LISTING, PORTFOLIO, POSITION


@dataclass(frozen=True, slots=True)
class Intended:
    """An order that was decided, and the decision that it follows from."""

    position_id: UUID
    order_id: UUID
    origin: Origin


class OneBook(Protocol):
    """A broker that keeps the orders of all its accounts in one book."""

    def submit_all(self, orders: Sequence[tuple[Portfolio, Ticket]]) -> Sequence[Sent]:
        """Enter orders; answers for each what there is to say of it by now, also when it was there before."""


@dataclass(frozen=True, slots=True)
class SubmitTogether:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    jobs: Jobs
    settle_actions: SettleActions
    submit_order: SubmitOrder
    book: OneBook

    def __call__(self, intended: Sequence[Intended]) -> None:
        """Send intended orders. Running it again is harmless, as it is for each of them."""
        on_paper = self._on_paper(intended)
        for each in intended:
            if each.order_id not in on_paper:
                self.jobs.submit_order(each.position_id, each.order_id, each.origin)
        together = [each for each in intended if each.order_id in on_paper]
        if together:
            self._send(together)

    def _on_paper(self, intended: Sequence[Intended]) -> frozenset[UUID]:
        """The orders of paper accounts that no corporate action has to be settled for first."""
        positions = self.ledger.load_many(POSITION, [each.position_id for each in intended])
        states = {each.id: each.state for each in positions if each.state is not None}
        portfolios = self.ledger.load_many(PORTFOLIO, [*{each.portfolio_id for each in states.values()}])
        paper = {each.id for each in portfolios if each.state and not each.state.broker.is_real}
        due = {
            listing_id
            for listing_id in {each.listing_id for each in states.values()}
            if self.settle_actions.calendar.is_due(LIVE_FEED, listing_id, self.ledger.clock())
        }
        return frozenset(
            each.order_id
            for each in intended
            if each.position_id in states
            and states[each.position_id].portfolio_id in paper
            and states[each.position_id].listing_id not in due
        )

    def _send(self, intended: Sequence[Intended]) -> None:
        run_id = self.ledger.new_id()
        causes = {
            each.order_id: Cause(
                ACTOR, each.origin.correlation_id, causation_id=each.origin.event_id, run_id=run_id
            )
            for each in intended
        }
        common = Cause(ACTOR, run_id, run_id=run_id)
        outgoing = self.ledger.transact(common, lambda each: self._prepared(each, intended, causes)).answer
        if not outgoing:
            return
        sent = self.book.submit_all([(each.portfolio, each.ticket()) for each in outgoing])
        self.ledger.transact(common, lambda each: _booked(each, outgoing, sent, causes))
        for order, answer in zip(outgoing, sent, strict=True):
            if answer.ask_again_ms is not None:
                self.jobs.look_up_order(order.order.client_order_id, answer.ask_again_ms)

    def _prepared(
        self, transaction: Transaction, intended: Sequence[Intended], causes: Mapping[UUID, Cause]
    ) -> list[Outgoing]:
        positions = transaction.prefetch(POSITION, [each.position_id for each in intended])
        states = [each.state for each in positions if each.state is not None]
        transaction.prefetch(PORTFOLIO, [each.portfolio_id for each in states])
        transaction.prefetch(LISTING, [each.listing_id for each in states])
        newest: Mapping[UUID, PricePoint] = self.prices.latest_of(
            LIVE_FEED, [*{each.listing_id for each in states}]
        )
        found = []
        for each in intended:
            with suppress(Refusal):  # the sweep tries it by itself, and says what is wrong with it
                prepare = partial(
                    self.submit_order.prepared, transaction, each.position_id, each.order_id, newest.get
                )
                outgoing = transaction.attempt(prepare, causes[each.order_id])
                if outgoing is not None and outgoing.kept_back is None:
                    found.append(outgoing)
        return found


def _booked(
    transaction: Transaction,
    outgoing: Sequence[Outgoing],
    sent: Sequence[Sent],
    causes: Mapping[UUID, Cause],
) -> None:
    """Book what the broker said of each at once."""
    transaction.prefetch(POSITION, [each.position.id for each in outgoing])
    transaction.prefetch(PORTFOLIO, [each.portfolio.id for each in outgoing])
    for each, answer in zip(outgoing, sent, strict=True):
        if answer.reports:
            with suppress(Refusal):  # it stays as sent, and the sweep asks the broker for it
                transaction.attempt(partial(take, transaction, answer.reports), causes[each.order.id])
