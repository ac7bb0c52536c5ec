"""Decide for one position because somebody asks: with a price of theirs, or the latest known one (API.md)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.earlier_orders import order_decided_at
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import PricePoint, Prices, Sessions
from domain.balancing import Decision
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import OrderIntended
from domain.quality import Observation, judge
from domain.quote import Quote
from domain.settings import resolve
from domain.streams import PORTFOLIO, POSITION


@dataclass(frozen=True, slots=True)
class Question:
    """What to decide. A quote given here counts as fresh at the decision time and is not stored."""

    position_id: UUID
    quote: Quote | None
    as_of: datetime | None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision, its sentence, and the order that follows from it."""

    decision: Decision
    sentence: str
    order_id: UUID | None


@dataclass(frozen=True, slots=True)
class EvaluatePosition:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    sessions: Sessions

    def __call__(self, cause: Cause, question: Question) -> Outcome[Answer]:
        """Decide and keep what is worth keeping. The same time and side answer the first order again."""

        def decide(transaction: Transaction) -> Answer:
            return self._decide(transaction, question)

        return self.ledger.transact(cause, decide)

    def _decide(self, transaction: Transaction, question: Question) -> Answer:
        stream, position = transaction.require(POSITION, question.position_id)
        _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
        decided_at = question.as_of or self.ledger.clock()
        latest = self.prices.latest(portfolio.feed, position.listing_id)
        asked = question.quote is not None
        circumstances = Circumstances(
            quote=_passed(question.quote, latest) if question.quote else _quote(latest),
            decided_at=decided_at,
            now=decided_at,
            session=self.sessions.session_at(position.exchange, decided_at),
            settings=resolve(portfolio.settings, position.settings),
            is_close=latest is not None and latest.is_close and not asked,
            reconciled=portfolio.reconciled,
        )
        evaluation = evaluate(position, portfolio, circumstances, self.ledger.new_id())
        if question.dry_run:
            return Answer(evaluation.decision, evaluation.sentence, None)
        earlier = order_decided_at(self.ledger, stream, evaluation.decision.side, decided_at)
        if earlier:
            return Answer(earlier.outputs, earlier.message, earlier.order_id)
        if evaluation.event is not None:
            transaction.append(stream, [evaluation.event], at=decided_at)
            if isinstance(evaluation.event, OrderIntended):
                return Answer(evaluation.decision, evaluation.sentence, evaluation.event.order_id)
        return Answer(evaluation.decision, evaluation.sentence, None)


def _quote(latest: PricePoint | None) -> Quote | None:
    if latest is None:
        return None
    return latest.quote


def _passed(quote: Quote, latest: PricePoint | None) -> Quote | None:
    """The quote when the gate lets it pass, None when a finding on it is critical."""
    value = quote.last if quote.last is not None else quote.mid
    if value is None:
        return None
    observation = Observation(
        price=value,
        as_of=quote.as_of,
        is_close=False,
        now=quote.as_of,
        last_good=latest.value if latest else None,
    )
    critical = any(finding.severity == "CRITICAL" for finding in judge(observation))
    return None if critical else quote
