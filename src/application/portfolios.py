"""What a person does with a portfolio: open, rename, set, fund, freeze."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal
from uuid import UUID

from application.alerts import settle_alert
from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.brake.assess import DAILY_LOSS
from domain.portfolio import decide as rules
from domain.portfolio.events import BrokerChoice, Clock, Mode, PortfolioOpened
from domain.portfolio.state import Portfolio
from domain.settings import SettingsChange, resolve
from domain.streams import PORTFOLIO, POSITION

PositionsOf = Callable[[UUID], Sequence[UUID]]
"""The positions of a portfolio that are not closed."""

CashKind = Literal["deposit", "contribution", "withdrawal"]


def open_portfolio(
    ledger: Ledger,
    cause: Cause,
    portfolio_id: UUID,
    *,
    title: str,
    currency: str,
    mode: Mode,
    broker: BrokerChoice,
    settings: SettingsChange,
    clock: Clock = "live",
) -> Outcome[Portfolio]:
    """Open a portfolio for the person who asks; opening the same one again changes nothing."""

    def decide(transaction: Transaction) -> Portfolio:
        stream = transaction.load(PORTFOLIO, portfolio_id)
        if stream.state is not None:
            return stream.state
        wanted = PortfolioOpened(
            portfolio_id=portfolio_id,
            currency=currency,
            owner=cause.actor,
            title=title,
            mode=mode,
            clock=clock,
            broker=broker,
            settings=settings,
        )
        return transaction.append(stream, rules.open_portfolio(wanted))

    return ledger.transact(cause, decide)


def amend(
    ledger: Ledger,
    cause: Cause,
    portfolio_id: UUID,
    title: str | None,
    settings: SettingsChange | None,
    positions_of: PositionsOf,
) -> Outcome[Portfolio]:
    """Rename a portfolio, or override settings for all its positions, or both.

    Raises Invalid when the settings contradict what a position overrides.
    """

    def decide(transaction: Transaction) -> Portfolio:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        if title is not None:
            state = transaction.append(stream, rules.rename(state, title))
        if settings is not None:
            state = transaction.append(stream, rules.change_settings(state, settings))
            for position_id in positions_of(portfolio_id):
                _, position = transaction.require(POSITION, position_id)
                resolve(state.settings, position.settings)
        return state

    return ledger.transact(cause, decide)


def move_cash(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, kind: CashKind, amount: Decimal
) -> Outcome[Portfolio]:
    """Book cash that came or went."""

    def decide(transaction: Transaction) -> Portfolio:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        if kind == "withdrawal":
            return transaction.append(stream, rules.withdraw(state, amount))
        return transaction.append(stream, rules.deposit(state, amount, kind))

    return ledger.transact(cause, decide)


def freeze(
    ledger: Ledger, cause: Cause, portfolio_id: UUID, reason: str, *, recall_orders: bool = False
) -> Outcome[Portfolio]:
    """Stop a portfolio until a person lifts it, and have its open orders cancelled if that is wanted."""

    def decide(transaction: Transaction) -> Portfolio:
        return stop(transaction, portfolio_id, reason, recall_orders=recall_orders)

    return ledger.transact(cause, decide)


def stop(
    transaction: Transaction, portfolio_id: UUID, reason: str, *, recall_orders: bool = False
) -> Portfolio:
    """Freeze a portfolio within a transaction; frozen already, it learns the reason."""
    stream, state = transaction.require(PORTFOLIO, portfolio_id)
    state = transaction.append(stream, rules.freeze(state, reason))
    return transaction.append(stream, rules.recall_orders(state, reason)) if recall_orders else state


def unfreeze(ledger: Ledger, cause: Cause, portfolio_id: UUID, reason: str) -> Outcome[Portfolio]:
    """Lift a freeze. Whoever does has seen what the day has cost, so nobody is called for that any more."""

    def decide(transaction: Transaction) -> Portfolio:
        stream, state = transaction.require(PORTFOLIO, portfolio_id)
        settle_alert(transaction, (portfolio_id, None, DAILY_LOSS), f"The freeze was lifted: {reason}")
        return transaction.append(stream, rules.unfreeze(state, reason))

    return ledger.transact(cause, decide)
