"""Place the lines of approved advice as orders: sales first, then what they pay for (DOMAIN §8).

Each line becomes a position of its own for as long as its order lives, with the cash or the units that it takes out of
the portfolio's own. Carried out again it goes on: what is placed, and what is declined, says the recommendation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from application.advice.promised import promised_by
from application.books.post_entries import OwnUnits
from application.ledger import Cause, Ledger, Stream, Transaction
from application.placing.settle import conclude, settle_placement
from application.placing.trial import Against, Trial, TryLine
from domain.balancing import Reason
from domain.money import ZERO
from domain.numbers import EXACT, exactly
from domain.order import OrderStatus
from domain.placing import budgets
from domain.placing.opening import fund, part_of
from domain.placing.rule import unit_cost
from domain.portfolio import advice as advice_rules
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.position.events import OrderIntended
from domain.recommendation import carry_out as rules
from domain.recommendation.events import AdvisedLine, DeclineReason, PlacingBegun
from domain.recommendation.state import Recommendation
from domain.streams import PORTFOLIO, POSITION, RECOMMENDATION

ACTOR = "ballast:placing"
HOLDS_FOR = timedelta(days=7)
"""How long what was approved waits for a session, a price or clean books: over any holiday, and no longer."""

DECLINES: Mapping[Reason | None, DeclineReason] = {
    "frozen": "frozen",
    "daily_limit": "daily_limit",
    "collar": "collar",
    "insufficient_cash": "insufficient_cash",
    "insufficient_shares": "insufficient_shares",
    "below_min": "below_min",
}
"""What the rule says against a line that does not pass by itself."""

TOO_LATE = "It was approved more than seven days ago, and could not be placed since."
FROZEN = "The portfolio is frozen."


@dataclass(frozen=True, slots=True)
class PlaceAdvice:
    """The use case with what it needs from outside."""

    ledger: Ledger
    own_units: OwnUnits
    try_line: TryLine

    def __call__(self, recommendation_id: UUID) -> None:
        """Place what can be placed now. Harmless to repeat, and never twice."""
        self.ledger.transact(
            self._cause(recommendation_id), lambda transaction: self._place(transaction, recommendation_id)
        )

    def _cause(self, recommendation_id: UUID) -> Cause:
        run_id = self.ledger.run_id()
        begun = self.ledger.log.newest(recommendation_id, PlacingBegun.name)
        if begun is None:
            return Cause(ACTOR, run_id, run_id=run_id)
        return Cause(ACTOR, begun.metadata.correlation_id, causation_id=begun.metadata.id, run_id=run_id)

    def _place(self, transaction: Transaction, recommendation_id: UUID) -> None:
        advice, state = transaction.require(RECOMMENDATION, recommendation_id)
        for placed in state.placed:
            if placed.at_work:
                settle_placement(transaction, placed.position_id)
        _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        state = _known(advice)
        over = _over(transaction, portfolio, state)
        if over is not None:
            for advised in rules.waiting(state):
                _decline(transaction, advice, advised, over)
        elif portfolio.reconciled and not _is_unknown(transaction, state):
            self._sell(transaction, advice)
            for group in dict.fromkeys(each.line.trigger for each in state.lines):
                if not budgets.waits_for_sales(_known(advice), group):
                    self._buy(transaction, advice, group)
        conclude(transaction, advice)

    def _sell(self, transaction: Transaction, advice: Stream[Recommendation]) -> None:
        state = _known(advice)
        sales = [each for each in rules.waiting(state) if each.line.action == "SELL"]
        if not sales:
            return
        own = dict(self.own_units(state.portfolio_id, sorted({each.line.listing_id for each in sales})))
        for each in sales:
            portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
            there = own.get(each.line.listing_id, Units())
            wanted = min(there.quantity, rules.left_of(state, each))
            units = part_of(there, max(ZERO, wanted), portfolio.currency)
            trial = self.try_line(transaction, portfolio, state, each, units=units)
            intended = _settled_upon(transaction, advice, each, trial)
            if intended is None or not isinstance(trial, Trial):
                continue
            own[each.line.listing_id] = Units(
                there.quantity - units.quantity, there.book_cost - units.book_cost
            )
            stream = transaction.load(POSITION, trial.position_id)
            transaction.append(stream, [trial.opened])
            aside = advice_rules.set_aside(portfolio, stream.id, each.line.listing_id, intended.symbol, units)
            transaction.append(portfolio_stream, aside)
            transaction.append(stream, [intended])
            transaction.append(advice, rules.place(_known(advice), each, stream.id, intended, ZERO))

    @exactly
    def _buy(self, transaction: Transaction, advice: Stream[Recommendation], group: budgets.Group) -> None:
        """Place a group's purchases; each may cost a little more than it should, as far as the money goes."""
        state = _known(advice)
        wanted = [
            each for each in rules.waiting(state) if (each.line.action, each.line.trigger) == ("BUY", group)
        ]
        if not wanted:
            return
        _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        purse = self._purse(transaction, portfolio, state, group, wanted)
        costs: list[tuple[AdvisedLine, Decimal]] = []
        for each in wanted:
            trial = self.try_line(transaction, portfolio, state, each, cash=max(ZERO, purse))
            intended = _settled_upon(transaction, advice, each, trial)
            if intended is not None and isinstance(trial, Trial):
                costs.append((each, _cost(trial, portfolio.currency)))
                purse -= costs[-1][1]
            elif not isinstance(trial, Against) and (trial is None or trial.waits):
                purse -= _as_advised(state, each)  # its turn comes, and its money is kept
        cash = budgets.rooms([cost for _, cost in costs], purse, portfolio.currency)
        for (each, _), amount in zip(costs, cash, strict=True):
            self._open_purchase(transaction, advice, each, amount)

    def _open_purchase(
        self, transaction: Transaction, advice: Stream[Recommendation], each: AdvisedLine, amount: Decimal
    ) -> None:
        state = _known(advice)
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        trial = self.try_line(transaction, portfolio, state, each, cash=amount)
        intended = _settled_upon(transaction, advice, each, trial)
        if intended is None or not isinstance(trial, Trial):
            return
        stream = transaction.load(POSITION, trial.position_id)
        position = transaction.append(stream, [trial.opened])
        lent = portfolio_rules.lend(portfolio, stream.id, intended.symbol, amount)
        transaction.append(portfolio_stream, lent)
        transaction.append(stream, [*fund(position, amount), intended])
        transaction.append(advice, rules.place(_known(advice), each, stream.id, intended, amount))

    def _purse(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        state: Recommendation,
        group: budgets.Group,
        wanted: Sequence[AdvisedLine],
    ) -> Decimal:
        """What a group may spend: what its sales brought, or what is free and kept for nobody else."""
        groups = {each.line.trigger for each in state.lines}
        others = sum((budgets.kept_for(state, each) for each in groups if each != group), ZERO)
        promised = promised_by(transaction, portfolio, {state.id}).get(None, ZERO)
        free = max(ZERO, portfolio.cash - others - promised)
        if group is not None:
            return min(free, budgets.kept_for(state, group))
        lacking = budgets.unsold(state, group)
        if not lacking:
            return free
        worth = ZERO
        for each in wanted:
            trial = self.try_line(transaction, portfolio, state, each, cash=free)
            price = trial.evaluation.decision.price if isinstance(trial, Trial) else None
            if isinstance(trial, Trial) and price is not None:
                worth += rules.left_of(state, each) * unit_cost(trial.evaluation.inputs, price)
            else:
                worth += _as_advised(state, each)
        return max(ZERO, min(free, worth - lacking))


def _as_advised(state: Recommendation, advised: AdvisedLine) -> Decimal:
    """What is left of a line, at the price that it was advised at."""
    return EXACT.divide(advised.line.amount * rules.left_of(state, advised), advised.line.quantity)


def _cost(trial: Trial, currency: str) -> Decimal:
    """What the quantity that fits may come to."""
    decision, inputs = trial.evaluation.decision, trial.evaluation.inputs
    if decision.quantity is None or decision.price is None:
        return ZERO
    per_unit = unit_cost(inputs, decision.price)
    besides = inputs.placement.cost if inputs.placement is not None else ZERO
    return budgets.rounded_up(decision.quantity * per_unit + besides, currency)


def _settled_upon(
    transaction: Transaction,
    advice: Stream[Recommendation],
    advised: AdvisedLine,
    trial: Trial | Against | None,
) -> OrderIntended | None:
    """The order that a line comes to; None when it waits, or was declined just now."""
    if trial is None:
        return None
    if isinstance(trial, Against):
        _decline(transaction, advice, advised, trial)
        return None
    evaluation = trial.evaluation
    if isinstance(evaluation.event, OrderIntended):
        return evaluation.event
    if not trial.waits:
        reason = DECLINES[evaluation.decision.reason]
        said = rules.decline(_known(advice), advised, reason, evaluation.sentence, evaluation)
        transaction.append(advice, said)
    return None


def _decline(
    transaction: Transaction, advice: Stream[Recommendation], advised: AdvisedLine, against: Against
) -> None:
    transaction.append(advice, rules.decline(_known(advice), advised, against.reason, against.message))


def _over(transaction: Transaction, portfolio: Portfolio, state: Recommendation) -> Against | None:
    """Why nothing more of an attempt is placed: what a freeze has stopped a person begins again."""
    if portfolio.frozen:
        return Against("frozen", FROZEN)
    begun_at = state.placing.begun_at if state.placing else transaction.now
    return Against("too_late", TOO_LATE) if transaction.now - begun_at > HOLDS_FOR else None


def _is_unknown(transaction: Transaction, state: Recommendation) -> bool:
    """Whether nobody knows what became of an order of it: until then nothing else is risked."""
    orders = (transaction.require(POSITION, e.position_id)[1].open_order for e in state.placed if e.at_work)
    return any(order is not None and order.status is OrderStatus.UNKNOWN for order in orders)


def _known(advice: Stream[Recommendation]) -> Recommendation:
    if advice.state is None:
        raise ValueError(f"nothing is advised in {advice.id}")
    return advice.state
