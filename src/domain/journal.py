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
from domain.portfolio.events import CashDeposited, CashWithdrawn, EntryPosted, EntryReversed
from domain.position.events import (
    CashAllocated,
    CashReturned,
    DividendAccrued,
    DividendPaid,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    MergerApplied,
    PositionOpened,
    SplitApplied,
)

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

Posting = (
    CashDeposited
    | CashWithdrawn
    | CashAllocated
    | CashReturned
    | PositionOpened
    | ExecutionBooked
    | ExecutionCorrected
    | ExternalFillAdopted
    | DividendAccrued
    | DividendPaid
    | SplitApplied
    | MergerApplied
    | EntryPosted
    | EntryReversed
)
"""The events that move money or units."""

POSTING_EVENTS: tuple[type[Event], ...] = get_args(Posting)

PORTFOLIO_CASH = "cash:portfolio"
CONTRIBUTIONS = "contributions"
COMMISSION = "commission"
REALISED_GAIN = "realised_gain"
HOLDING = "holding"
RECEIVABLE = "receivable"
DIVIDEND_INCOME = "dividend_income"
WITHHOLDING_TAX = "withholding_tax"
INTEREST_INCOME = "interest_income"


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
        case PositionOpened() if event.shares and event.placement is None:
            in_kind = Line(HOLDING, event.book_cost, event.listing_id, event.shares)
            return _entry(event, "transfer", (in_kind, Line(CONTRIBUTIONS, -event.book_cost)))
        case ExecutionBooked() | ExternalFillAdopted():
            return _execution(event, stream_id)
        case ExecutionCorrected():
            return _correction(event, stream_id)
        case DividendAccrued() if event.gross:
            return _dividend(event)
        case DividendPaid() if event.net:
            return _entry(event, "dividend", _move(position_cash(stream_id), RECEIVABLE, event.net))
        case SplitApplied() if event.old_shares:
            return _split(event, stream_id)
        case MergerApplied() if event.old_shares:
            return _merger(event, stream_id)
        case EntryPosted():
            return _entry(event, event.kind, _posted(event), event.reference)
        case EntryReversed():
            return _entry(event, "reversal", _posted(event), str(event.reverses))
        case _:
            return None


def _execution(event: ExecutionBooked | ExternalFillAdopted, position_id: UUID) -> Entry:
    cash = position_cash(position_id)
    commission = (Line(COMMISSION, event.commission),) if event.commission else ()
    shares = event.quantity if event.shares is None else event.shares
    if event.side == "BUY":
        lines = (
            Line(HOLDING, event.book_cost, event.listing_id, shares),
            *commission,
            Line(cash, -event.notional - event.commission),
        )
        return _entry(event, "buy", lines, event.execution_id)
    lines = (
        Line(cash, event.notional - event.commission),
        *commission,
        Line(HOLDING, -event.book_cost, event.listing_id, -shares),
        *_gain(event.notional - event.book_cost),
    )
    return _entry(event, "sell", lines, event.execution_id)


def _correction(event: ExecutionCorrected, position_id: UUID) -> Entry:
    """What a correction changed; cost that no share is left to bear is a loss, or a gain when it is taken back."""
    commission = event.commission - event.previous_commission
    lines = (
        Line(HOLDING, event.book_cost, event.listing_id, event.shares),
        *((Line(COMMISSION, commission),) if commission else ()),
        Line(position_cash(position_id), event.cash),
        *_gain(event.cash + event.book_cost + commission),
    )
    return _entry(event, "adjustment", lines, event.execution_id)


def _dividend(event: DividendAccrued) -> Entry:
    lines = (
        Line(RECEIVABLE, event.net),
        *((Line(WITHHOLDING_TAX, event.tax),) if event.tax else ()),
        Line(DIVIDEND_INCOME, -event.gross),
    )
    return _entry(event, "dividend", lines, f"{event.symbol} {event.ex_date}")


def _split(event: SplitApplied, position_id: UUID) -> Entry:
    lines = (
        Line(HOLDING, -event.book_cost, event.listing_id, event.new_shares - event.old_shares),
        *((Line(position_cash(position_id), event.cash),) if event.cash else ()),
        *_gain(event.cash - event.book_cost),
    )
    return _entry(event, "adjustment", lines, f"{event.symbol} {event.ex_date}")


def _merger(event: MergerApplied, position_id: UUID) -> Entry:
    kept = event.old_book_cost - event.book_cost
    lines = (
        Line(HOLDING, -event.old_book_cost, event.listing_id, -event.old_shares),
        Line(HOLDING, kept, event.into.listing_id, event.new_shares),
        *((Line(position_cash(position_id), event.cash),) if event.cash else ()),
        *_gain(event.cash - event.book_cost),
    )
    return _entry(event, "adjustment", lines, f"{event.symbol} {event.effective}")


def _posted(event: EntryPosted | EntryReversed) -> tuple[Line, ...]:
    effect = event.effect
    income = INTEREST_INCOME if event.kind == "interest" else DIVIDEND_INCOME
    money = (
        (PORTFOLIO_CASH, effect.cash),
        (RECEIVABLE, effect.receivable or ZERO),
        (COMMISSION, effect.fee),
        (WITHHOLDING_TAX, effect.tax),
        (REALISED_GAIN, -effect.gain),
        (income, -effect.income),
        (CONTRIBUTIONS, -effect.capital),
    )
    moved = effect.quantity or effect.book_cost
    units = (Line(HOLDING, effect.book_cost, event.listing_id, effect.quantity),) if moved else ()
    other = event.moved_into
    into = (Line(HOLDING, other.book_cost, other.listing_id, other.quantity),) if other is not None else ()
    return (*units, *into, *(Line(account, amount) for account, amount in money if amount))


def _gain(gain: Decimal) -> tuple[Line, ...]:
    return (Line(REALISED_GAIN, -gain),) if gain else ()


def _move(to: str, out_of: str, amount: Decimal) -> tuple[Line, Line]:
    return Line(to, amount), Line(out_of, -amount)


def _entry(
    event: Posting,
    kind: Kind,
    lines: tuple[Line, ...],
    reference: str | None = None,
) -> Entry:
    return Entry(event.portfolio_id, event.currency, kind, reference, lines)
