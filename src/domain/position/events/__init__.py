"""What can happen to a position. Prices are in the listing's quote unit, money in its currency."""

from typing import get_args

from domain.position.events.actions import (
    DividendAccrued,
    DividendPaid,
    MergerApplied,
    NewListing,
    SplitApplied,
)
from domain.position.events.executions import (
    AnchorMoved,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
)
from domain.position.events.orders import (
    PLACED_BY_HAND,
    Decided,
    OrderAccepted,
    OrderEnded,
    OrderEvent,
    OrderIntended,
    OrderMarked,
    OrderReevaluated,
    OrderSubmitted,
    OrderUnknown,
    Skipped,
)
from domain.position.events.position import (
    CashAllocated,
    CashReturned,
    PositionClosed,
    PositionEvent,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
    PositionSymbolChanged,
)

AnyPositionEvent = (
    PositionOpened
    | PositionSettingsChanged
    | CashAllocated
    | CashReturned
    | PositionPaused
    | PositionResumed
    | PositionClosed
    | PositionSymbolChanged
    | OrderIntended
    | Skipped
    | OrderReevaluated
    | OrderSubmitted
    | OrderAccepted
    | OrderMarked
    | OrderUnknown
    | ExecutionBooked
    | ExecutionCorrected
    | ExternalFillAdopted
    | OrderEnded
    | AnchorMoved
    | DividendAccrued
    | DividendPaid
    | SplitApplied
    | MergerApplied
)

POSITION_EVENTS: tuple[type[PositionEvent], ...] = get_args(AnyPositionEvent)

__all__ = [
    "PLACED_BY_HAND",
    "POSITION_EVENTS",
    "AnchorMoved",
    "AnyPositionEvent",
    "CashAllocated",
    "CashReturned",
    "Decided",
    "DividendAccrued",
    "DividendPaid",
    "ExecutionBooked",
    "ExecutionCorrected",
    "ExternalFillAdopted",
    "MergerApplied",
    "NewListing",
    "OrderAccepted",
    "OrderEnded",
    "OrderEvent",
    "OrderIntended",
    "OrderMarked",
    "OrderReevaluated",
    "OrderSubmitted",
    "OrderUnknown",
    "PositionClosed",
    "PositionEvent",
    "PositionOpened",
    "PositionPaused",
    "PositionResumed",
    "PositionSettingsChanged",
    "PositionSymbolChanged",
    "Skipped",
    "SplitApplied",
]
