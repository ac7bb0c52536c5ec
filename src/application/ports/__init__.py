"""What the use cases need from outside, in their own words. The adapters satisfy these structurally."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from application.ports.archives import Archives
from application.ports.backups import Backup, BackupFailed, Backups
from application.ports.books import PortfolioBooks
from application.ports.jobs import Jobs, Origin
from application.ports.log import (
    Batch,
    CursorMoves,
    EventLog,
    KeyAlreadyUsed,
    KnownStream,
    Message,
    MessageSeen,
    Receipt,
    Settlement,
    Snapshot,
    StaleVersion,
)
from application.ports.positions import Actions, Bands, GateRules
from application.ports.prices import Intake, Prices, Quarantine, UndecidedTicks
from application.ports.runs import Discarded, Leftovers, RunInputs, RunLocks, UnendedRuns
from application.ports.schedules import Cron, Schedules
from application.ports.sessions import Sessions
from application.ports.watched import WatchedListings
from domain.price_point import PricePoint

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]

__all__ = [
    "Actions",
    "Archives",
    "Backup",
    "BackupFailed",
    "Backups",
    "Bands",
    "Batch",
    "Clock",
    "Cron",
    "CursorMoves",
    "Discarded",
    "EventLog",
    "GateRules",
    "Intake",
    "Jobs",
    "KeyAlreadyUsed",
    "KnownStream",
    "Leftovers",
    "Message",
    "MessageSeen",
    "NewId",
    "Origin",
    "PortfolioBooks",
    "PricePoint",
    "Prices",
    "Quarantine",
    "Receipt",
    "RunInputs",
    "RunLocks",
    "Schedules",
    "Sessions",
    "Settlement",
    "Snapshot",
    "StaleVersion",
    "UndecidedTicks",
    "UnendedRuns",
    "WatchedListings",
]
