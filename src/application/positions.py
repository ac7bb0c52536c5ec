"""What a person does with a position: open, fund, set, pause, resume, close."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.listing import Listing
from domain.portfolio import decide as portfolio_rules
from domain.position import decide as rules
from domain.position.events import CashReturned
from domain.position.state import Position
from domain.settings import SettingsChange
from domain.streams import LISTING, PORTFOLIO, POSITION


def open_position(
    ledger: Ledger,
    cause: Cause,
    position_id: UUID,
    *,
    portfolio_id: UUID,
    listing_id: UUID,
    cash: Decimal,
    shares: Decimal,
    anchor: Decimal,
    settings: SettingsChange,
) -> Outcome[Position]:
    """Begin a position with cash of the portfolio's and shares in kind, in one transaction."""

    def decide(transaction: Transaction) -> Position:
        _, listing = transaction.require(LISTING, listing_id)
        beginning = Beginning(position_id, portfolio_id, cash, shares, anchor, settings)
        return begin(transaction, beginning, listing)

    return ledger.transact(cause, decide)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a position begins with. ``anchor`` is in the quote unit, ``cash`` comes out of the portfolio's."""

    position_id: UUID
    portfolio_id: UUID
    cash: Decimal
    shares: Decimal
    anchor: Decimal
    settings: SettingsChange


def begin(transaction: Transaction, beginning: Beginning, listing: Listing) -> Position:
    """Begin a position within a transaction; one that was begun is answered as it is."""
    portfolio_stream, portfolio = transaction.require(PORTFOLIO, beginning.portfolio_id)
    stream = transaction.load(POSITION, beginning.position_id)
    if stream.state is not None:
        return stream.state
    opened = rules.open_position(portfolio, listing, beginning.shares, beginning.anchor, beginning.settings)
    state = transaction.append(stream, opened)
    if beginning.cash:
        lent = portfolio_rules.lend(portfolio, stream.id, listing.symbol, beginning.cash)
        transaction.append(portfolio_stream, lent)
        state = transaction.append(stream, rules.allocate_cash(state, beginning.cash))
    return state


def allocate_cash(ledger: Ledger, cause: Cause, position_id: UUID, amount: Decimal) -> Outcome[Position]:
    """Move free cash of the portfolio into the position's bucket."""

    def decide(transaction: Transaction) -> Position:
        stream, state = transaction.require(POSITION, position_id)
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        transaction.append(portfolio_stream, portfolio_rules.lend(portfolio, state.id, state.symbol, amount))
        return transaction.append(stream, rules.allocate_cash(state, amount))

    return ledger.transact(cause, decide)


def return_cash(ledger: Ledger, cause: Cause, position_id: UUID, amount: Decimal) -> Outcome[Position]:
    """Move cash of the position's bucket back to the portfolio."""

    def decide(transaction: Transaction) -> Position:
        stream, state = transaction.require(POSITION, position_id)
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        returned = transaction.append(stream, rules.return_cash(state, amount))
        taken = portfolio_rules.take_back(portfolio, state.id, state.symbol, amount)
        transaction.append(portfolio_stream, taken)
        return returned

    return ledger.transact(cause, decide)


def change_settings(
    ledger: Ledger, cause: Cause, position_id: UUID, change: SettingsChange
) -> Outcome[Position]:
    """Override settings for one position."""

    def decide(transaction: Transaction) -> Position:
        stream, state = transaction.require(POSITION, position_id)
        _, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        return transaction.append(stream, rules.change_settings(state, portfolio, change))

    return ledger.transact(cause, decide)


def pause(ledger: Ledger, cause: Cause, position_id: UUID) -> Outcome[Position]:
    """Stop deciding for a position."""
    return _simply(ledger, cause, position_id, rules.pause)


def resume(ledger: Ledger, cause: Cause, position_id: UUID) -> Outcome[Position]:
    """Decide for a position again."""
    return _simply(ledger, cause, position_id, rules.resume)


def close(ledger: Ledger, cause: Cause, position_id: UUID) -> Outcome[Position]:
    """End a position: its cash returns to the portfolio, its shares stay as a holding."""

    def decide(transaction: Transaction) -> Position:
        stream, state = transaction.require(POSITION, position_id)
        portfolio_stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        events = rules.close(state)
        for event in events:
            if isinstance(event, CashReturned):
                taken = portfolio_rules.take_back(portfolio, state.id, state.symbol, event.amount)
                transaction.append(portfolio_stream, taken)
        return transaction.append(stream, events)

    return ledger.transact(cause, decide)


def _simply(
    ledger: Ledger, cause: Cause, position_id: UUID, rule: Callable[[Position], rules.Events]
) -> Outcome[Position]:
    def decide(transaction: Transaction) -> Position:
        stream, state = transaction.require(POSITION, position_id)
        return transaction.append(stream, rule(state))

    return ledger.transact(cause, decide)
