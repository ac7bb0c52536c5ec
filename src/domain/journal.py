"""Double entry: which accounts an event moves, so that every entry's amounts sum to zero (DOMAIN §6).

A debit is positive, a credit negative. ``quantity`` counts units of the listing on holding accounts.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args
from uuid import UUID

from domain.events import Event
from domain.money import ZERO
from domain.numbers import exactly
from domain.portfolio.events import CashDeposited, CashWithdrawn
from domain.position.events import CashAllocated, CashReturned, ExecutionBooked, PositionOpened

Kind = Literal[
    "contribution",
    "withdrawal",
    "buy",
    "sell",
    "dividend",
    "fee",
    "interest",
    "transfer",
    "adjustment",
    "reversal",
]

Posting = CashDeposited | CashWithdrawn | CashAllocated | CashReturned | PositionOpened | ExecutionBooked
"""The events that move money or units."""

POSTING_EVENTS: tuple[type[Event], ...] = get_args(Posting)

PORTFOLIO_CASH = "cash:portfolio"
CONTRIBUTIONS = "contributions"
COMMISSION = "commission"
REALISED_GAIN = "realised_gain"
HOLDING = "holding"


def position_cash(position_id: UUID) -> str:
    """The account of a position's own bucket of cash."""
    return f"cash:position:{position_id}"


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry, in the portfolio's currency."""

    account: str
    amount: Decimal
    listing_id: UUID | None = None
    quantity: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Entry:
    """A balanced entry. ``reference`` is what the outside world calls it, such as an execution id."""

    portfolio_id: UUID
    currency: str
    kind: Kind
    reference: str | None
    lines: tuple[Line, ...]


@exactly
def entry_for(event: Event, stream_id: UUID) -> Entry | None:
    """The entry that an event posts, None for an event that moves neither money nor units."""
    match event:
        case CashDeposited():
            return _entry(event, "contribution", _move(PORTFOLIO_CASH, CONTRIBUTIONS, event.amount))
        case CashWithdrawn():
            return _entry(event, "withdrawal", _move(CONTRIBUTIONS, PORTFOLIO_CASH, event.amount))
        case CashAllocated():
            return _entry(event, "transfer", _move(position_cash(stream_id), PORTFOLIO_CASH, event.amount))
        case CashReturned():
            return _entry(event, "transfer", _move(PORTFOLIO_CASH, position_cash(stream_id), event.amount))
        case PositionOpened() if event.shares:
            in_kind = Line(HOLDING, event.book_cost, event.listing_id, event.shares)
            return _entry(event, "transfer", (in_kind, Line(CONTRIBUTIONS, -event.book_cost)))
        case ExecutionBooked():
            return _execution(event, stream_id)
        case _:
            return None


def _execution(event: ExecutionBooked, position_id: UUID) -> Entry:
    cash = position_cash(position_id)
    commission = (Line(COMMISSION, event.commission),) if event.commission else ()
    if event.side == "BUY":
        lines = (
            Line(HOLDING, event.book_cost, event.listing_id, event.quantity),
            *commission,
            Line(cash, -event.notional - event.commission),
        )
        return _entry(event, "buy", lines, event.execution_id)
    gain = event.notional - event.book_cost
    lines = (
        Line(cash, event.notional - event.commission),
        *commission,
        Line(HOLDING, -event.book_cost, event.listing_id, -event.quantity),
        *((Line(REALISED_GAIN, -gain),) if gain else ()),
    )
    return _entry(event, "sell", lines, event.execution_id)


def _move(to: str, out_of: str, amount: Decimal) -> tuple[Line, Line]:
    return Line(to, amount), Line(out_of, -amount)


def _entry(
    event: Posting,
    kind: Kind,
    lines: tuple[Line, ...],
    reference: str | None = None,
) -> Entry:
    return Entry(event.portfolio_id, event.currency, kind, reference, lines)
