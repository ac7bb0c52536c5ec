"""What can happen to a portfolio."""

from typing import get_args

from domain.portfolio.events.advice import (
    AdviceClosed,
    AdviceOpened,
    TriggersConsumed,
    TriggersReleased,
    UnitsSetAside,
    UnitsTraded,
)
from domain.portfolio.events.brake import (
    DailyLossExceeded,
    FreezeReasonAdded,
    OrdersRecalled,
    PortfolioFrozen,
    PortfolioUnfrozen,
)
from domain.portfolio.events.broker import (
    AccountDeclaredGone,
    BrokerChoice,
    BrokerConnected,
    BrokerKind,
    Environment,
    Reconciled,
    ReconciliationRequired,
)
from domain.portfolio.events.cash import CashDeposited, CashLent, CashTakenBack, CashWithdrawn, DepositKind
from domain.portfolio.events.constituents import Constituent, ConstituentsSet, Named, Role
from domain.portfolio.events.ledger import (
    Effect,
    EntryPosted,
    EntryReversed,
    ImportedRow,
    Into,
    LedgerEvent,
    PostedKind,
    StatementImported,
)
from domain.portfolio.events.members import MemberAdded, MemberRemoved
from domain.portfolio.events.place import PortfolioEvent
from domain.portfolio.events.policy import PolicyActivated, PolicyDrafted, PolicyRef, PolicyRetired
from domain.portfolio.events.portfolio import (
    Clock,
    Mode,
    PortfolioOpened,
    PortfolioRenamed,
    PortfolioSettingsChanged,
)
from domain.portfolio.events.providers import ProvidersSet
from domain.portfolio.events.schedules import Schedule, SchedulesSet, StandingSchedule
from domain.portfolio.events.thresholds import PortfolioThresholdsSet

AnyPortfolioEvent = (
    PortfolioOpened
    | PortfolioRenamed
    | PortfolioSettingsChanged
    | MemberAdded
    | MemberRemoved
    | CashDeposited
    | CashWithdrawn
    | CashLent
    | CashTakenBack
    | DailyLossExceeded
    | PortfolioFrozen
    | FreezeReasonAdded
    | OrdersRecalled
    | PortfolioUnfrozen
    | BrokerConnected
    | AccountDeclaredGone
    | ReconciliationRequired
    | Reconciled
    | ProvidersSet
    | PortfolioThresholdsSet
    | ConstituentsSet
    | AdviceOpened
    | TriggersConsumed
    | AdviceClosed
    | TriggersReleased
    | UnitsSetAside
    | UnitsTraded
    | EntryPosted
    | EntryReversed
    | StatementImported
    | PolicyDrafted
    | PolicyActivated
    | PolicyRetired
    | SchedulesSet
)

PORTFOLIO_EVENTS: tuple[type[PortfolioEvent], ...] = get_args(AnyPortfolioEvent)

__all__ = [
    "PORTFOLIO_EVENTS",
    "AccountDeclaredGone",
    "AdviceClosed",
    "AdviceOpened",
    "AnyPortfolioEvent",
    "BrokerChoice",
    "BrokerConnected",
    "BrokerKind",
    "CashDeposited",
    "CashLent",
    "CashTakenBack",
    "CashWithdrawn",
    "Clock",
    "Constituent",
    "ConstituentsSet",
    "DailyLossExceeded",
    "DepositKind",
    "Effect",
    "EntryPosted",
    "EntryReversed",
    "Environment",
    "FreezeReasonAdded",
    "ImportedRow",
    "Into",
    "LedgerEvent",
    "MemberAdded",
    "MemberRemoved",
    "Mode",
    "Named",
    "OrdersRecalled",
    "PolicyActivated",
    "PolicyDrafted",
    "PolicyRef",
    "PolicyRetired",
    "PortfolioEvent",
    "PortfolioFrozen",
    "PortfolioOpened",
    "PortfolioRenamed",
    "PortfolioSettingsChanged",
    "PortfolioThresholdsSet",
    "PortfolioUnfrozen",
    "PostedKind",
    "ProvidersSet",
    "Reconciled",
    "ReconciliationRequired",
    "Role",
    "Schedule",
    "SchedulesSet",
    "StandingSchedule",
    "StatementImported",
    "TriggersConsumed",
    "TriggersReleased",
    "UnitsSetAside",
    "UnitsTraded",
]
