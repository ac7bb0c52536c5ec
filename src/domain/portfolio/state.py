"""What a portfolio's decisions read."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from domain.market_data.providers import Provider
from domain.money import ZERO
from domain.numbers import exactly
from domain.portfolio.events import (
    AnyPortfolioEvent,
    BrokerChoice,
    BrokerConnected,
    CashDeposited,
    CashLent,
    CashTakenBack,
    CashWithdrawn,
    Clock,
    Constituent,
    ConstituentsSet,
    DailyLossExceeded,
    EntryPosted,
    EntryReversed,
    FreezeReasonAdded,
    Mode,
    OrdersRecalled,
    PolicyActivated,
    PolicyDrafted,
    PolicyRef,
    PolicyRetired,
    PortfolioFrozen,
    PortfolioOpened,
    PortfolioRenamed,
    PortfolioSettingsChanged,
    PortfolioUnfrozen,
    ProvidersSet,
    Reconciled,
    ReconciliationRequired,
    SchedulesSet,
    StandingSchedule,
)
from domain.settings import SettingsChange

LIVE_FEED = "live"
"""The feed of prices from outside; a replay's feed is its portfolio's id. Feeds never see one another."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio's state; ``cash`` is what is free, outside every position's bucket.

    ``reconciled`` is false while a real broker's books have not been seen to agree with ours. ``constituents`` are in
    the order of their priority, ``providers`` in that in which they are asked. Runs follow ``policy``, and ``draft``
    waits for approval. ``also_frozen_because`` is what has been found since it was frozen, ``recalls_orders`` that
    its open orders are to be cancelled.
    """

    id: UUID
    owner: str
    title: str
    currency: str
    mode: Mode
    clock: Clock
    broker: BrokerChoice
    settings: SettingsChange
    cash: Decimal = ZERO
    frozen_because: str | None = None
    reconciled: bool = True
    constituents: tuple[Constituent, ...] = ()
    also_frozen_because: tuple[str, ...] = ()
    recalls_orders: bool = False
    policy: PolicyRef | None = None
    draft: PolicyRef | None = None
    providers: tuple[Provider, ...] = ()
    schedules: tuple[StandingSchedule, ...] = ()

    @property
    def feed(self) -> str:
        """The feed of prices that its positions are decided on: the live one, or a replay's own."""
        return LIVE_FEED if self.clock == "live" else str(self.id)

    @property
    def account(self) -> str:
        """What its account at its broker goes by; on paper each portfolio is an account."""
        return self.broker.account or str(self.id)

    @property
    def frozen(self) -> bool:
        """A frozen portfolio evaluates nothing and sends no order."""
        return self.frozen_because is not None

    @property
    def freeze_reasons(self) -> tuple[str, ...]:
        """Everything it is frozen for, in the order in which it came."""
        return () if self.frozen_because is None else (self.frozen_because, *self.also_frozen_because)


@exactly
def evolve(state: Portfolio | None, event: AnyPortfolioEvent) -> Portfolio:
    """The portfolio after an event."""
    if isinstance(event, PortfolioOpened):
        return Portfolio(
            id=event.portfolio_id,
            owner=event.owner,
            title=event.title,
            currency=event.currency,
            mode=event.mode,
            clock=event.clock,
            broker=event.broker,
            settings=event.settings,
            reconciled=not event.broker.is_real,
        )
    if state is None:
        raise ValueError(f"a portfolio's first event must be {PortfolioOpened.name}, not {event.name}")
    match event:
        case PortfolioRenamed():
            return replace(state, title=event.title)
        case PortfolioSettingsChanged():
            return replace(state, settings=event.settings)
        case CashDeposited() | CashTakenBack():
            return replace(state, cash=state.cash + event.amount)
        case CashWithdrawn() | CashLent():
            return replace(state, cash=state.cash - event.amount)
        case DailyLossExceeded():
            return state
        case PortfolioFrozen():
            return replace(state, frozen_because=event.reason)
        case FreezeReasonAdded():
            return replace(state, also_frozen_because=(*state.also_frozen_because, event.reason))
        case OrdersRecalled():
            return replace(state, recalls_orders=True)
        case PortfolioUnfrozen():
            return replace(state, frozen_because=None, also_frozen_because=(), recalls_orders=False)
        case BrokerConnected():
            return replace(state, broker=event.broker, reconciled=not event.broker.is_real)
        case ReconciliationRequired():
            return replace(state, reconciled=False)
        case Reconciled():
            return replace(state, reconciled=True)
        case SchedulesSet():
            return replace(state, schedules=event.schedules)
        case ConstituentsSet():
            return replace(state, constituents=event.constituents)
        case EntryPosted() | EntryReversed():
            return replace(state, cash=state.cash + event.effect.cash)
        case PolicyDrafted():
            return replace(state, draft=event.policy)
        case PolicyActivated():
            return replace(state, policy=event.policy, draft=None)
        case PolicyRetired():
            return replace(state, policy=None)
        case ProvidersSet():
            return replace(state, providers=event.providers)
        case _:
            assert_never(event)
