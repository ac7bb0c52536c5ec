"""A portfolio's commands: each answers the events that follow, none when it is already so."""

from decimal import Decimal
from uuid import UUID

from domain.brake.assess import RULE, assess, sentence
from domain.brake.inputs import DayInputs
from domain.money import round_to_minor_unit
from domain.portfolio.events import (
    AccountDeclaredGone,
    AnyPortfolioEvent,
    BrokerChoice,
    BrokerConnected,
    CashDeposited,
    CashLent,
    CashTakenBack,
    CashWithdrawn,
    DailyLossExceeded,
    DepositKind,
    FreezeReasonAdded,
    OrdersRecalled,
    PortfolioFrozen,
    PortfolioOpened,
    PortfolioRenamed,
    PortfolioSettingsChanged,
    PortfolioThresholdsSet,
    PortfolioUnfrozen,
    Reconciled,
    ReconciliationRequired,
)
from domain.portfolio.state import Portfolio
from domain.quality.thresholds import ThresholdsChange, require_tightening
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange, resolve

Events = list[AnyPortfolioEvent]

FREEZE_REASONS_MAX = 20
"""A broken feed finds something new every second; whoever reads twenty reasons has read enough."""


def bookable(amount: Decimal, currency: str, field: str = "amount") -> Decimal:
    """``amount`` in whole minor units. Raises Invalid when it is not above zero or has too many digits."""
    booked = round_to_minor_unit(amount, currency)
    if booked != amount:
        raise Invalid(field, f"{amount} has more digits than {currency} can be booked in.")
    if amount <= 0:
        raise Invalid(field, "The amount must be above zero.")
    return booked


def open_portfolio(wanted: PortfolioOpened) -> Events:
    """Open a portfolio, on paper. Raises Invalid when its settings contradict each other, or for a real broker.

    A real broker is connected afterwards, with keys that were tried and, for real money, a typed confirmation.
    """
    if wanted.broker.is_real or wanted.broker.environment or wanted.broker.account:
        raise Invalid("broker", "A portfolio begins on paper; connect a real broker to it afterwards.")
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


def set_thresholds(state: Portfolio, wanted: ThresholdsChange) -> Events:
    """Be called, and stand still, before everybody is; what is left out is as the listing has it.

    Raises Invalid for a threshold that only a listing has.
    """
    require_tightening(wanted)
    if wanted == state.thresholds:
        return []
    return [PortfolioThresholdsSet(portfolio_id=state.id, currency=state.currency, thresholds=wanted)]


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


def cover(state: Portfolio, position_id: UUID, symbol: str, amount: Decimal) -> Events:
    """Pay for what a position's fill has cost already, even with cash that is not there."""
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


def freeze(state: Portfolio, reason: str, listing_id: UUID | None = None) -> Events:
    """Stop evaluation and orders until a person lifts it; a finding names the listing that it was made in.

    Frozen already, another reason is added to those that there are; a reason that is known is already so.
    """
    if not state.frozen:
        return [
            PortfolioFrozen(
                portfolio_id=state.id, currency=state.currency, reason=reason, listing_id=listing_id
            )
        ]
    known = state.freeze_reasons
    if reason in known or len(known) >= FREEZE_REASONS_MAX:
        return []
    return [FreezeReasonAdded(portfolio_id=state.id, currency=state.currency, reason=reason)]


def stop_the_loss(state: Portfolio, inputs: DayInputs) -> Events:
    """Freeze when more was lost than may be in a day, with the numbers that say so; frozen already, it is so."""
    day = assess(inputs)
    if state.frozen or not day.exceeded or day.loss_pct is None:
        return []
    message = sentence(inputs, day, state.currency)
    exceeded = DailyLossExceeded(
        portfolio_id=state.id,
        currency=state.currency,
        rule=RULE,
        inputs=inputs,
        value=day.value,
        loss=day.loss,
        base=day.base,
        loss_pct=day.loss_pct,
        message=message,
    )
    return [exceeded, *freeze(state, message)]


def recall_orders(state: Portfolio, reason: str) -> Events:
    """Have every open order cancelled for as long as the freeze lasts. Raises Conflict without a freeze.

    An order that is cancelled while the rule goes on would only be decided again.
    """
    if not state.frozen:
        raise Conflict("Only a frozen portfolio has its orders cancelled; freeze it first.")
    if state.recalls_orders:
        return []
    return [OrdersRecalled(portfolio_id=state.id, currency=state.currency, reason=reason)]


def unfreeze(state: Portfolio, reason: str) -> Events:
    """Lift the freeze with everything it was for, and leave open orders alone again.

    Raises Conflict once its account was declared gone: nobody knows what its books are worth.
    """
    _require_account_not_gone(state)
    if not state.frozen:
        return []
    return [PortfolioUnfrozen(portfolio_id=state.id, currency=state.currency, reason=reason)]


def connect(state: Portfolio, broker: BrokerChoice, confirmation: str | None) -> Events:
    """Send orders to another broker or account.

    Real money takes the portfolio's name as a typed confirmation and begins frozen. Raises Invalid without it,
    and Conflict for a replay or an advisory portfolio, which send no orders, and once its account was declared gone.
    """
    _require_account_not_gone(state)
    if state.clock == "replay" or state.mode == "advisory":
        raise Conflict("Only an automatic, live portfolio sends orders to a broker.")
    if broker == state.broker:
        return []
    connected = BrokerConnected(portfolio_id=state.id, currency=state.currency, broker=broker)
    if broker.environment != "live" or state.broker.environment == "live":
        return [connected]
    if confirmation != state.title:
        raise Invalid(
            "confirmation", f'Type the name of the portfolio, "{state.title}", to trade real money.'
        )
    return [connected, *freeze(state, "It trades real money from now on; lift the freeze to begin.")]


def declare_account_gone(state: Portfolio, reason: str, confirmation: str) -> Events:
    """Keep a portfolio whose account is gone for good: on paper, frozen, and never armed again.

    Raises Conflict on paper, and Invalid without a reason or without the portfolio's name as a typed confirmation.
    """
    if not state.broker.is_real:
        raise Conflict("It trades on paper, so no account of it can be gone.")
    if not reason.strip():
        raise Invalid("reason", "Say how it is known that the account is gone.")
    if confirmation != state.title:
        raise Invalid(
            "confirmation", f'Type the name of the portfolio, "{state.title}", to give its account up.'
        )
    gone = AccountDeclaredGone(
        portfolio_id=state.id, currency=state.currency, broker=state.broker, reason=reason.strip()
    )
    return [gone, *freeze(state, gone.sentence())]


def _require_account_not_gone(state: Portfolio) -> None:
    if state.account_gone:
        raise Conflict(
            "Its account was declared gone: it is kept as it is. Open another portfolio to trade with."
        )


def require_reconciliation(state: Portfolio, reason: str) -> Events:
    """Let nothing leave until the broker's books have been compared; on paper there are no other books."""
    if not state.broker.is_real or not state.reconciled:
        return []
    return [ReconciliationRequired(portfolio_id=state.id, currency=state.currency, reason=reason)]


def reconcile(state: Portfolio, adopted: int, orders: int, holdings: int) -> Events:
    """Let orders leave again. What was adopted on the way is worth saying even when they could all along."""
    if state.reconciled and not adopted:
        return []
    return [
        Reconciled(
            portfolio_id=state.id,
            currency=state.currency,
            adopted=adopted,
            orders=orders,
            holdings=holdings,
        )
    ]


def _require_cash(state: Portfolio, amount: Decimal) -> None:
    if amount > state.cash:
        raise Conflict(f"{amount} {state.currency} is more than the {state.cash} that is free.")
