"""What a person does with a recommendation: approve, mark executed, ignore, reverse (DOMAIN §8).

Each is one append: the recommendation, the portfolio's triggers, and the journal go together or not at all. What a
position's trigger advised moves that position; all else is posted to the portfolio's own units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.advice import by_hand, told
from application.advice.execution import Execution
from application.books.post_entries import NewEntry, OwnUnits, PostEntries
from application.books.reverse_entries import ReverseEntries
from application.books.told_before import TradesUnder, require_not_told_before
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.placing.begin import begin_placing
from application.placing.settle import settle_not_placed
from domain.portfolio import advice as advice_rules
from domain.portfolio.state import Portfolio
from domain.portfolio.wanted import Wanted
from domain.recommendation import decide as rules
from domain.recommendation.events import AdvisedLine, ExecutedLine
from domain.recommendation.state import Recommendation
from domain.refusals import FieldError, InvalidFields
from domain.streams import PORTFOLIO, RECOMMENDATION


@dataclass(frozen=True, slots=True)
class ActOnAdvice:
    """The use cases with what they need from outside."""

    ledger: Ledger
    post: PostEntries
    take_back: ReverseEntries
    own_units: OwnUnits
    trades_under: TradesUnder

    def approve(self, cause: Cause, recommendation_id: UUID) -> Outcome[Recommendation]:
        """Agree with a recommendation; a position's order counts as placed from then on.

        In an automatic portfolio what is left of its lines is placed as orders from then on, and again whenever it is
        approved after an attempt. Raises Conflict when it is over, and while its portfolio is frozen.
        """

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            events = rules.approve(state)
            if events:
                _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
                advice_rules.require_not_frozen(portfolio)
            if events and state.order is not None:
                by_hand.take_up(transaction, state.order)
            state = transaction.append(stream, events)
            return state if state.order is not None else begin_placing(transaction, stream, at_once=False)

        return self.ledger.transact(cause, decide)

    def mark_executed(
        self, cause: Cause, recommendation_id: UUID, executions: Sequence[Execution], *, complete: bool
    ) -> Outcome[Recommendation]:
        """Book what was executed, and use up the triggers behind it. Raises InvalidFields, Conflict.

        A freeze does not stop it (DOMAIN §4). What is booked under its broker's reference is already so; booked
        elsewhere under it, by a file or by hand, it is refused.
        """

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            new = told.not_booked_yet(state, executions)
            if executions and not new and not (complete and state.is_open):
                return state
            lines = self._booked(transaction, state, new)
            state = transaction.append(stream, rules.execute(state, lines, complete=complete))
            if state.order is not None and not state.is_open:
                by_hand.give_up(transaction, state.order, by_hand.COMPLETE)
            begun = {each.line.trigger for each in state.lines if each.id in state.executed_quantities}
            self._settle(transaction, state, {trigger for trigger in begun if trigger})
            return state

        return self.ledger.transact(cause, decide)

    def ignore(self, cause: Cause, recommendation_id: UUID, reason: str) -> Outcome[Recommendation]:
        """Let it be; its triggers are available again."""

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            events = rules.ignore(state, reason)
            if state.order is not None and events:
                by_hand.give_up(transaction, state.order, f"its recommendation was ignored: {reason}")
            state = transaction.append(stream, events)
            self._close(transaction, state, keep_consumed=True)
            return state

        return self.ledger.transact(cause, decide)

    def reverse(self, cause: Cause, recommendation_id: UUID, reason: str) -> Outcome[Recommendation]:
        """Take back what was booked of it; books and triggers are as they were before."""

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            events = rules.reverse(state, reason)
            if not events:
                return state
            if state.order is not None:
                why = f"its recommendation was reversed: {reason}"
                by_hand.take_back(transaction, state.order, why, self.own_units)
            else:
                entry_ids = [each.entry_id for each in state.executed]
                self.take_back.within(transaction, state.portfolio_id, entry_ids, reason, of_advice=True)
            state = transaction.append(stream, events)
            self._close(transaction, state, keep_consumed=False)
            return state

        return self.ledger.transact(cause, decide)

    def release(
        self, cause: Cause, portfolio_id: UUID, codes: Sequence[str], reason: str
    ) -> Outcome[Portfolio]:
        """Let waves or sunsets that are used up fire again. Raises NotFound, Conflict."""

        def decide(transaction: Transaction) -> Portfolio:
            stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            return transaction.append(stream, advice_rules.release(portfolio, codes, reason))

        return self.ledger.transact(cause, decide)

    def _booked(
        self, transaction: Transaction, state: Recommendation, executions: Sequence[Execution]
    ) -> list[ExecutedLine]:
        """Book what was executed: into the position that it is of, or to the portfolio's own units."""
        if not executions:
            return []
        rules.require_open(state)  # before anything is booked: the refusal is about the recommendation
        of_it = {each.entry_id for each in state.executed}
        trades = told.trades(state, executions)
        require_not_told_before(transaction, self.trades_under, state.portfolio_id, trades, of_it)
        if state.order is not None:
            return by_hand.execute(transaction, state, state.order, executions)
        return self._posted(transaction, state, executions)

    def _posted(
        self, transaction: Transaction, state: Recommendation, executions: Sequence[Execution]
    ) -> list[ExecutedLine]:
        """Post what was executed to the portfolio, in the order of the recommendation's lines."""
        told.require_lines(state, executions)
        told.require_likely(state, executions)
        places = {each.id: number for number, each in enumerate(state.lines)}
        ordered = sorted(executions, key=lambda each: places[each.line_id])
        advised = [state.lines[places[each.line_id]] for each in ordered]
        entries = [_entry(state, *pair) for pair in zip(advised, ordered, strict=True)]
        try:
            posted = self.post.within(transaction, state.portfolio_id, entries)
        except InvalidFields as error:
            names = {f"entries[{place}]": f"lines[{each.number}]" for place, each in enumerate(ordered)}
            raise InvalidFields([_called(field, names) for field in error.errors]) from None
        return [
            each.booked(line, event.entry_id, at)
            for line, each, (event, at) in zip(advised, ordered, posted.entries, strict=True)
        ]

    def _settle(self, transaction: Transaction, state: Recommendation, begun: Iterable[str]) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        portfolio = transaction.append(stream, advice_rules.consume(portfolio, state.id, set(begun)))
        if not state.is_open:
            self._close(transaction, state, keep_consumed=True)

    def _close(self, transaction: Transaction, state: Recommendation, *, keep_consumed: bool) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        transaction.append(
            stream, advice_rules.close_advice(portfolio, state.id, keep_consumed=keep_consumed)
        )
        settle_not_placed(transaction, portfolio.id)


def _called(error: FieldError, names: Mapping[str, str]) -> FieldError:
    """A refused field of an entry, as who marked the line calls it."""
    path, sentence = error
    entry, dot, field = path.partition(".")
    return f"{names.get(entry, entry)}{dot}{field}", sentence


def _entry(state: Recommendation, advised: AdvisedLine, execution: Execution) -> NewEntry:
    wanted = Wanted(
        kind="buy" if advised.line.action == "BUY" else "sell",
        quantity=execution.quantity,
        price=execution.price,
        amount=execution.amount,
        fee=execution.fee,
        reference=execution.broker_reference,
        source=advice_rules.source_of(state.id),
    )
    return NewEntry(execution.executed_at, advised.line.listing_id, wanted)
