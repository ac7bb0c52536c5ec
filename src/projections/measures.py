"""What the measures are made of: one row for every decision kept and every fill (DOMAIN §10)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, get_args
from uuid import UUID

from psycopg import Connection

from domain.events import Event, Recorded
from domain.measures import Fact
from domain.money import ZERO
from domain.position.events import (
    CashAllocated,
    CashReturned,
    ExecutionBooked,
    OrderIntended,
    PositionClosed,
    PositionOpened,
    Skipped,
)
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table

Measured = (
    OrderIntended | Skipped | ExecutionBooked | PositionOpened | PositionClosed | CashAllocated | CashReturned
)
MEASURED: tuple[type[Event], ...] = get_args(Measured)


class MeasureRow(NamedTuple):
    """``shares`` and ``cash`` are what the event added: their running sums are a position's history."""

    event_number: int
    at: datetime
    portfolio_id: UUID
    position_id: UUID
    listing_id: UUID
    kind: str
    reason: str | None
    order_id: UUID | None
    quantity: Decimal
    notional: Decimal
    fees: Decimal
    slippage: Decimal
    decided_value: Decimal
    shares: Decimal
    cash: Decimal


MEASURES = Table(
    name="measures",
    columns={
        "event_number": "bigint",
        "at": "timestamptz not null",
        "portfolio_id": "uuid not null",
        "position_id": "uuid not null",
        "listing_id": "uuid not null",
        "kind": "text not null",
        "reason": "text",
        "order_id": "uuid",
        "quantity": "numeric not null",
        "notional": "numeric not null",
        "fees": "numeric not null",
        "slippage": "numeric not null",
        "decided_value": "numeric not null",
        "shares": "numeric not null",
        "cash": "numeric not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(position_id, at)", "(portfolio_id, at)"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each event that a measure counts."""
    event = recorded.event
    match event:
        case OrderIntended():
            yield _row(recorded, event, "trade", order_id=event.order_id)
        case Skipped():
            yield _row(recorded, event, "skip", reason=event.outputs.reason)
        case ExecutionBooked():
            yield _fill(recorded, event)
        case PositionOpened():
            yield _row(recorded, event, "opened", shares=event.shares)
        case PositionClosed():
            yield _row(recorded, event, "closed", shares=-event.shares)
        case CashAllocated():
            yield _row(recorded, event, "cash", cash=event.amount)
        case CashReturned():
            yield _row(recorded, event, "cash", cash=-event.amount)
        case _:
            return


def _fill(recorded: Recorded, event: ExecutionBooked) -> RowOf:
    sign = 1 if event.side == "BUY" else -1
    return _row(
        recorded,
        event,
        "fill",
        order_id=event.order_id,
        quantity=event.quantity,
        notional=event.notional,
        fees=event.commission,
        slippage=sign * (event.price - event.decided_price) * event.quantity,
        decided_value=event.decided_price * event.quantity,
        shares=sign * event.quantity,
        cash=-sign * event.notional - event.commission,
    )


def _row(  # noqa: PLR0913  # a column each
    recorded: Recorded,
    event: OrderIntended
    | Skipped
    | ExecutionBooked
    | PositionOpened
    | PositionClosed
    | CashAllocated
    | CashReturned,
    kind: str,
    *,
    reason: str | None = None,
    order_id: UUID | None = None,
    quantity: Decimal = ZERO,
    notional: Decimal = ZERO,
    fees: Decimal = ZERO,
    slippage: Decimal = ZERO,
    decided_value: Decimal = ZERO,
    shares: Decimal = ZERO,
    cash: Decimal = ZERO,
) -> RowOf:
    return (
        MEASURES,
        MeasureRow(
            event_number=recorded.number,
            at=recorded.metadata.at,
            portfolio_id=event.portfolio_id,
            position_id=recorded.stream_id,
            listing_id=event.listing_id,
            kind=kind,
            reason=reason,
            order_id=order_id,
            quantity=quantity,
            notional=notional,
            fees=fees,
            slippage=slippage,
            decided_value=decided_value,
            shares=shares,
            cash=cash,
        ),
    )


READ_MODEL = ReadModel("measures", "following", (MEASURES,), MEASURED, rows)


def facts(connection: Connection[dict[str, Any]], position_ids: Sequence[UUID], end: datetime) -> list[Fact]:
    """What was counted of some positions up to a moment, in the order of the log."""
    found = connection.execute(
        "select at, position_id, kind, reason, order_id, quantity, notional, fees, slippage, decided_value,"
        " shares, cash from measures where position_id = any(%s) and at <= %s order by event_number",
        (list(position_ids), end),
    ).fetchall()
    return [Fact(**row) for row in found]
