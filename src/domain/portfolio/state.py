"""What a portfolio's decisions read."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from domain.allocation.snapshot import Kind
from domain.events import Value
from domain.market_data.providers import Provider
from domain.money import ZERO
from domain.numbers import exactly
from domain.portfolio.events import (
    AccountDeclaredGone,
    AdviceClosed,
    AdviceOpened,
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
    MemberAdded,
    MemberRemoved,
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
    PortfolioThresholdsSet,
    PortfolioUnfrozen,
    ProvidersSet,
    Reconciled,
    ReconciliationRequired,
    SchedulesSet,
    StandingSchedule,
    StatementImported,
    TriggersConsumed,
    TriggersReleased,
    UnitsSetAside,
    UnitsTraded,
)
from domain.quality.thresholds import NONE_SET, ThresholdsChange
from domain.settings import SettingsChange

LIVE_FEED = "live"
"""The feed of prices from outside; a replay's feed is its portfolio's id. Feeds never see one another."""


class OpenAdvice(Value):
    """A recommendation that waits for a person."""

    recommendation_id: UUID
    kind: Kind


class TriggerUse(Value):
    """A trigger that is not available: recommended, or consumed once something of it was executed."""

    code: str
    recommendation_id: UUID
    consumed: bool = False


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A portfolio's state; ``cash`` is what is free, outside every position's bucket.

    ``reconciled`` is false while a real broker's books have not been seen to agree with ours. ``constituents`` are in
    the order of their priority, ``providers`` in that in which they are asked. Runs follow ``policy``, and ``draft``
    waits for approval. ``also_frozen_because`` is what has been found since it was frozen, ``recalls_orders`` that
    its open orders are to be cancelled. ``members`` are those who see it beside its owner. With
    ``account_gone`` its freeze is never lifted, and no broker is connected to it any more.
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
    advice: tuple[OpenAdvice, ...] = ()
    triggers: tuple[TriggerUse, ...] = ()
    providers: tuple[Provider, ...] = ()
    schedules: tuple[StandingSchedule, ...] = ()
    thresholds: ThresholdsChange = NONE_SET
    members: tuple[str, ...] = ()
    account_gone: bool = False

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
        case MemberAdded():
            return replace(state, members=(*state.members, event.member))
        case MemberRemoved():
            return replace(state, members=tuple(each for each in state.members if each != event.member))
        case CashDeposited() | CashTakenBack():
            return replace(state, cash=state.cash + event.amount)
        case CashWithdrawn() | CashLent():
            return replace(state, cash=state.cash - event.amount)
        case DailyLossExceeded() | StatementImported() | UnitsSetAside() | UnitsTraded():
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
        case AccountDeclaredGone():
            return replace(state, broker=BrokerChoice(), reconciled=True, account_gone=True)
        case ReconciliationRequired():
            return replace(state, reconciled=False)
        case Reconciled():
            return replace(state, reconciled=True)
        case SchedulesSet():
            return replace(state, schedules=event.schedules)
        case ConstituentsSet():
            return replace(state, constituents=event.constituents)
        case AdviceOpened():
            return _advised(state, event)
        case TriggersConsumed():
            used = (_consumed(use) if use.code in event.triggers else use for use in state.triggers)
            return replace(state, triggers=tuple(used))
        case AdviceClosed():
            open_still = tuple(e for e in state.advice if e.recommendation_id != event.recommendation_id)
            return replace(_available(state, event.released), advice=open_still)
        case TriggersReleased():
            return _available(state, event.triggers)
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
        case PortfolioThresholdsSet():
            return replace(state, thresholds=event.thresholds)
        case _:
            assert_never(event)


def _advised(state: Portfolio, event: AdviceOpened) -> Portfolio:
    uses = (TriggerUse(code=code, recommendation_id=event.recommendation_id) for code in event.triggers)
    opened = OpenAdvice(recommendation_id=event.recommendation_id, kind=event.kind)
    return replace(state, advice=(*state.advice, opened), triggers=(*state.triggers, *uses))


def _consumed(use: TriggerUse) -> TriggerUse:
    return use.model_copy(update={"consumed": True})


def _available(state: Portfolio, codes: tuple[str, ...]) -> Portfolio:
    return replace(state, triggers=tuple(use for use in state.triggers if use.code not in codes))
