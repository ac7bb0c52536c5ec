"""Decide for one position because somebody asks: with a price of theirs, or the latest known one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.actions.settle_actions import SettleActions
from application.advice.triggers import keep
from application.brake.daily_loss import DailyLossBrake
from application.hours import hours_between
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.orders.earlier_orders import order_decided_at
from application.ports import Prices, Sessions
from application.quality.asked import AskedPrices
from application.quality.unchanged import unchanged_for
from domain.balancing import Decision, DecisionInputs
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import OrderIntended
from domain.position.state import Position
from domain.quality.thresholds import of_listing, tightened
from domain.quote import Quote
from domain.recommendation.decide import recommendation_of
from domain.refusals import Conflict
from domain.settings import SettingsChange, resolve
from domain.streams import LISTING, PORTFOLIO, POSITION

AS_THEY_ARE = SettingsChange()


@dataclass(frozen=True, slots=True)
class Question:
    """What to decide. A quote given here counts as fresh at the decision time and is not stored."""

    position_id: UUID
    quote: Quote | None
    as_of: datetime | None
    dry_run: bool = False
    settings: SettingsChange = AS_THEY_ARE
    """Overrides to try; for a dry run alone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision, its sentence, and the order that follows from it, with the recommendation to place it."""

    decision: Decision
    sentence: str
    order_id: UUID | None
    recommendation_id: UUID | None = None
    inputs: DecisionInputs | None = None
    """What a dry run has read."""


@dataclass(frozen=True, slots=True)
class EvaluatePosition:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    sessions: Sessions
    settle: SettleActions
    brake: DailyLossBrake
    asked: AskedPrices

    def __call__(self, cause: Cause, question: Question) -> Outcome[Answer]:
        """Decide and keep what is worth keeping. The same time and side answer the first order again.

        A loss of the day that is too much freezes first, by stored prices: the one that is asked with is none.
        Corporate actions that are due come before; a dry run decides on what they leave and keeps none of it.
        """
        if question.dry_run:
            return Outcome(self._decide(Transaction(self.ledger, cause), question), None)
        outcome = self.ledger.transact(cause, lambda transaction: self._decide(transaction, question))
        position = self.ledger.load(POSITION, question.position_id).state
        if position is not None:
            self.settle.cancel_overtaken(position)
        return outcome

    def _decide(self, transaction: Transaction, question: Question) -> Answer:
        stream, position = transaction.require(POSITION, question.position_id)
        if position.placement is not None:
            raise Conflict(f"{position.symbol} carries out a line of advice, and follows no rule of its own.")
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
        if portfolio.feed == LIVE_FEED and _has_a_limit(portfolio, position):
            self.settle.calendar.refresh()
            self.brake.within(transaction, portfolio_stream, transaction.now)
            portfolio = portfolio_stream.state or portfolio
        decided_at = question.as_of or self.ledger.clock()
        settle_at = self._settle_at(question, portfolio, position, decided_at)
        if settle_at is not None:
            position = self.settle.within(transaction, position.id, settle_at)
        _, listing = transaction.require(LISTING, position.listing_id)
        thresholds = tightened(of_listing(listing.quality.thresholds), portfolio.thresholds)
        latest = None if question.quote else self.prices.latest(portfolio.feed, position.listing_id)
        quote = latest.quote if latest is not None else question.quote
        if question.quote and not self.asked.passes(portfolio.feed, listing, thresholds, question.quote):
            quote = None
        as_of = quote.as_of if quote else decided_at
        circumstances = Circumstances(
            quote=quote,
            decided_at=decided_at,
            now=decided_at,
            session=self.sessions.session_at(position.exchange, decided_at),
            settings=resolve(portfolio.settings, position.settings, question.settings),
            is_close=latest is not None and latest.is_close,
            reconciled=portfolio.reconciled,
            hours=hours_between(self.sessions, position.exchange, as_of, decided_at, thresholds),
            thresholds=thresholds,
            unchanged=unchanged_for(self.sessions, position.exchange, latest, thresholds.stale_intraday),
        )
        evaluation = evaluate(position, portfolio, circumstances, self.ledger.new_id())
        if question.dry_run:
            return Answer(evaluation.decision, evaluation.sentence, None, inputs=evaluation.inputs)
        earlier = order_decided_at(self.ledger, stream, evaluation.decision.side, decided_at)
        if earlier:
            advised = recommendation_of(earlier.order_id) if portfolio.mode == "advisory" else None
            return Answer(earlier.outputs, earlier.message, earlier.order_id, advised)
        keep(transaction, stream, evaluation)
        if isinstance(evaluation.event, OrderIntended):
            advised = recommendation_of(evaluation.event.order_id) if evaluation.event.by_hand else None
            return Answer(evaluation.decision, evaluation.sentence, evaluation.event.order_id, advised)
        return Answer(evaluation.decision, evaluation.sentence, None)

    def _settle_at(
        self, question: Question, portfolio: Portfolio, position: Position, decided_at: datetime
    ) -> datetime | None:
        """Up to when actions count: the decision's time, in a replay the time it has come to unless one is named."""
        if portfolio.feed == LIVE_FEED or question.as_of is not None:
            return decided_at
        return self.prices.cursor(portfolio.feed, position.listing_id)


def _has_a_limit(portfolio: Portfolio, position: Position) -> bool:
    limits = (portfolio.settings.max_daily_loss_pct, position.settings.max_daily_loss_pct)
    return any(limit is not None for limit in limits)
