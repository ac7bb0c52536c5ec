"""A portfolio's commands: each answers the events that follow, none when it is already so."""

from decimal import Decimal
from uuid import UUID

from domain.money import round_to_minor_unit
from domain.portfolio.events import (
    AnyPortfolioEvent,
    CashDeposited,
    CashLent,
    CashTakenBack,
    CashWithdrawn,
    DepositKind,
    PortfolioFrozen,
    PortfolioOpened,
    PortfolioRenamed,
    PortfolioSettingsChanged,
    PortfolioUnfrozen,
)
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange, resolve

Events = list[AnyPortfolioEvent]


def bookable(amount: Decimal, currency: str, field: str = "amount") -> Decimal:
    """``amount`` in whole minor units. Raises Invalid when it is not above zero or has too many digits."""
    booked = round_to_minor_unit(amount, currency)
    if booked != amount:
        raise Invalid(field, f"{amount} has more digits than {currency} can be booked in.")
    if amount <= 0:
        raise Invalid(field, "The amount must be above zero.")
    return booked


def open_portfolio(wanted: PortfolioOpened) -> Events:
    """Open a portfolio. Raises Invalid when its settings contradict each other."""
    resolve(wanted.settings)
    return [wanted]


def rename(state: Portfolio, title: str) -> Events:
    """Give the portfolio another name."""
    if title == state.title:
        return []
    return [PortfolioRenamed(portfolio_id=state.id, currency=state.currency, title=title)]


def change_settings(state: Portfolio, change: SettingsChange) -> Events:
    """Override defaults for every position of the portfolio; what ``change`` leaves out stays as it is."""
    settings = state.settings.merged(change)
    resolve(settings)
    if settings == state.settings:
        return []
    return [PortfolioSettingsChanged(portfolio_id=state.id, currency=state.currency, settings=settings)]


def deposit(state: Portfolio, amount: Decimal, kind: DepositKind) -> Events:
    """Book cash that arrived. A freeze never blocks booking (DOMAIN §4)."""
    amount = bookable(amount, state.currency)
    return [CashDeposited(portfolio_id=state.id, currency=state.currency, kind=kind, amount=amount)]


def withdraw(state: Portfolio, amount: Decimal) -> Events:
    """Book cash that left. Raises Conflict when more is asked for than is free."""
    amount = bookable(amount, state.currency)
    _require_cash(state, amount)
    return [CashWithdrawn(portfolio_id=state.id, currency=state.currency, amount=amount)]


def lend(state: Portfolio, position_id: UUID, symbol: str, amount: Decimal) -> Events:
    """Set free cash aside for a position. Raises Conflict when more is asked for than is free."""
    amount = bookable(amount, state.currency, "cash")
    _require_cash(state, amount)
    return [
        CashLent(
            portfolio_id=state.id,
            currency=state.currency,
            position_id=position_id,
            symbol=symbol,
            amount=amount,
        )
    ]


def take_back(state: Portfolio, position_id: UUID, symbol: str, amount: Decimal) -> Events:
    """Take a position's cash back into free cash."""
    return [
        CashTakenBack(
            portfolio_id=state.id,
            currency=state.currency,
            position_id=position_id,
            symbol=symbol,
            amount=amount,
        )
    ]


def freeze(state: Portfolio, reason: str) -> Events:
    """Stop evaluation and orders until a person lifts it; already frozen is already so."""
    if state.frozen:
        return []
    return [PortfolioFrozen(portfolio_id=state.id, currency=state.currency, reason=reason)]


def unfreeze(state: Portfolio, reason: str) -> Events:
    """Lift the freeze."""
    if not state.frozen:
        return []
    return [PortfolioUnfrozen(portfolio_id=state.id, currency=state.currency, reason=reason)]


def _require_cash(state: Portfolio, amount: Decimal) -> None:
    if amount > state.cash:
        raise Conflict(f"{amount} {state.currency} is more than the {state.cash} that is free.")
