"""What a person does with a recommendation: approve, mark executed, ignore, reverse (DOMAIN §8).

Each is one append: the recommendation, the portfolio's triggers, and the journal go together or not at all. What a
position's trigger advised moves that position; all else is posted to the portfolio's own units.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.advice import by_hand
from application.advice.execution import Execution
from application.books.post_entries import NewEntry, PostEntries
from application.books.reverse_entries import ReverseEntries
from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.portfolio import advice as advice_rules
from domain.portfolio.posting import Wanted
from domain.portfolio.state import Portfolio
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

    def approve(self, cause: Cause, recommendation_id: UUID) -> Outcome[Recommendation]:
        """Agree with a recommendation; a position's order counts as placed from then on. Raises Conflict when over."""

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            if state.order is not None and state.status == "proposed":
                by_hand.take_up(transaction, state.order)
            return transaction.append(stream, rules.approve(state))

        return self.ledger.transact(cause, decide)

    def mark_executed(
        self, cause: Cause, recommendation_id: UUID, executions: Sequence[Execution], *, complete: bool
    ) -> Outcome[Recommendation]:
        """Book what was executed, and use up the triggers behind it. Raises InvalidFields, Conflict."""

        def decide(transaction: Transaction) -> Recommendation:
            stream, state = transaction.require(RECOMMENDATION, recommendation_id)
            lines = self._booked(transaction, state, executions)
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
                by_hand.take_back(transaction, state.order, f"its recommendation was reversed: {reason}")
            else:
                entry_ids = [each.entry_id for each in state.executed]
                self.take_back.within(transaction, state.portfolio_id, entry_ids, reason)
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
        """Book what was executed; entries of the portfolio's own are in the order of the recommendation's lines."""
        if state.order is not None:
            rules.require_open(state)
            _require_prices(state, executions)
            return by_hand.execute(transaction, state, state.order, executions)
        places = {each.id: number for number, each in enumerate(state.lines)}
        unknown = [
            (f"lines[{number}].line_id", "The recommendation has no such line.")
            for number, each in enumerate(executions)
            if each.line_id not in places
        ]
        if unknown:
            raise InvalidFields(unknown)
        if not executions:
            return []
        rules.require_open(state)  # before anything is posted: the refusal is about the recommendation
        _require_prices(state, executions)
        ordered = sorted(executions, key=lambda each: places[each.line_id])
        advised = [state.lines[places[each.line_id]] for each in ordered]
        entries = [_entry(state, *pair) for pair in zip(advised, ordered, strict=True)]
        try:
            posted = self.post.within(transaction, state.portfolio_id, entries)
        except InvalidFields as error:
            names = {f"entries[{n}]": f"lines[{executions.index(each)}]" for n, each in enumerate(ordered)}
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


def _require_prices(state: Recommendation, executions: Sequence[Execution]) -> None:
    """Refuse what was told in another unit: it would be booked a hundredfold. Unknown lines are refused elsewhere."""
    told = []
    for number, each in enumerate(executions):
        advised = state.line(each.line_id)
        if advised is None:
            continue
        line, of_price = advised.line, rules.misread(advised.line.price, each.price, "the quote unit")
        if of_price is not None:
            told.append((f"lines[{number}].price", of_price))
        if each.amount is not None:
            advised_share = line.amount * each.quantity / line.quantity
            of_amount = rules.misread(advised_share, each.amount, state.currency)
            if of_amount is not None:
                told.append((f"lines[{number}].amount", of_amount))
    if told:
        raise InvalidFields(told)


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
        source=f"advice:{state.id}",
    )
    return NewEntry(execution.executed_at, advised.line.listing_id, wanted)
