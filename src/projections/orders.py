"""Orders as they stand, with their executions."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.order import Execution, Order, OrderStatus, Overlay
from domain.position.events import POSITION_EVENTS
from domain.position.order_state import ORDER_EVENTS
from domain.position.state import Position
from domain.streams import State
from projections import executions
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table


class OrderRow(NamedTuple):
    """``changed_at`` is when its latest event was stored; its executions are rows of their own.

    One ``by_hand`` is a person's to place: nothing here sends it, looks it up or cancels it.
    """

    order_id: UUID
    event_number: int
    changed_at: datetime
    position_id: UUID
    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    client_order_id: str
    status: str
    overlay: str | None
    is_open: bool
    by_hand: bool
    probes: int
    broker: str | None
    account: str | None
    broker_order_id: str | None
    side: str
    type: str
    quantity: Decimal
    limit_price: Decimal | None
    time_in_force: str
    decided_price: Decimal
    decided_at: datetime
    trading_day: date
    reevaluations: int


ORDERS = Table(
    name="orders",
    columns={
        "order_id": "uuid",
        "event_number": "bigint not null",
        "changed_at": "timestamptz not null",
        "position_id": "uuid not null",
        "portfolio_id": "uuid not null",
        "listing_id": "uuid not null",
        "symbol": "text not null",
        "client_order_id": "text not null",
        "status": "text not null",
        "overlay": "text",
        "is_open": "boolean not null",
        "by_hand": "boolean not null",
        "probes": "integer not null",
        "broker": "text",
        "account": "text",
        "broker_order_id": "text",
        "side": "text not null",
        "type": "text not null",
        "quantity": "numeric not null",
        "limit_price": "numeric",
        "time_in_force": "text not null",
        "decided_price": "numeric not null",
        "decided_at": "timestamptz not null",
        "trading_day": "date not null",
        "reevaluations": "integer not null",
    },
    key=("order_id",),
    mode="replace",
    indexes=(
        "(position_id, order_id)",
        "(portfolio_id, order_id)",
        "(status, event_number) where is_open",
    ),
    unique=("(client_order_id)",),
)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The order's row after each of its events."""
    event = recorded.event
    if not isinstance(state, Position):
        return
    order = state.order
    if isinstance(event, ORDER_EVENTS) and order is not None and getattr(event, "order_id", None) == order.id:
        yield ORDERS, _order(recorded, state, order)


def _order(recorded: Recorded, state: Position, order: Order) -> OrderRow:
    return OrderRow(
        order_id=order.id,
        event_number=recorded.number,
        changed_at=recorded.metadata.recorded_at,
        position_id=state.id,
        portfolio_id=state.portfolio_id,
        listing_id=state.listing_id,
        symbol=state.symbol,
        client_order_id=order.client_order_id,
        status=order.status.value,
        overlay=order.overlay.value if order.overlay else None,
        is_open=order.is_open,
        by_hand=order.by_hand,
        probes=order.probes,
        broker=order.broker,
        account=order.account,
        broker_order_id=order.broker_order_id,
        side=order.side,
        type=order.type,
        quantity=order.quantity,
        limit_price=order.limit_price,
        time_in_force=order.time_in_force,
        decided_price=order.decided_price,
        decided_at=order.decided_at,
        trading_day=order.trading_day,
        reevaluations=order.reevaluations,
    )


READ_MODEL = ReadModel("orders", "inline", (ORDERS,), POSITION_EVENTS, rows, needs_state=True)


class Found(NamedTuple):
    """An order and the position that it is of."""

    position_id: UUID
    order: Order


def one(connection: Connection[dict[str, Any]], member: str, order_id: UUID) -> Found | None:
    """One order of a person's."""
    found = connection.execute(
        f"select * from orders where order_id = %(order)s and {OF_MEMBER}",
        {"order": order_id, "member": member},
    ).fetchall()
    return next(iter(_found(connection, found)), None)


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    *,
    portfolio_id: UUID | None,
    position_id: UUID | None,
    status: str | None,
    after: UUID | None,
    limit: int,
) -> list[Found]:
    """A person's orders in the order of their ids, which is the order of their decisions."""
    filters: list[tuple[LiteralString, object]] = [
        ("portfolio_id = %(portfolio)s", portfolio_id),
        ("position_id = %(position)s", position_id),
        ("status = %(status)s", status),
        ("order_id > %(after)s", after),
    ]
    # Only what is asked for stands in the query, so that each combination is planned by its own index.
    where = " and ".join([OF_MEMBER, *(condition for condition, value in filters if value is not None)])
    found = connection.execute(
        f"select * from orders where {where} order by order_id limit %(limit)s",
        {
            "member": member,
            "portfolio": portfolio_id,
            "position": position_id,
            "status": status,
            "after": after,
            "limit": limit,
        },
    ).fetchall()
    return _found(connection, found)


def open_by_status(connection: Connection[dict[str, Any]], member: str | None = None) -> dict[str, int]:
    """How many orders have not ended, by status: a person's, or everybody's."""
    found = connection.execute(
        f"select status, count(*) as n from orders where is_open and (%(member)s::text is null or {OF_MEMBER})"
        " group by status order by status",
        {"member": member},
    ).fetchall()
    return {row["status"]: row["n"] for row in found}


class Waiting(NamedTuple):
    """An order that has not reached a broker for certain, and since when it stands there."""

    position_id: UUID
    order_id: UUID
    client_order_id: str
    status: str
    broker: str | None
    changed_at: datetime
    probes: int


class Recalled(NamedTuple):
    """An open order that is to be cancelled, and where it stands."""

    position_id: UUID
    order_id: UUID
    status: str


def recalled(
    connection: Connection[dict[str, Any]], portfolio_ids: Sequence[UUID] | None = None
) -> list[Recalled]:
    """Open orders of portfolios that have theirs recalled: of all of these, or of some."""
    found = connection.execute(
        "select position_id, order_id, status from orders where is_open and not by_hand and portfolio_id in ("
        "   select portfolio_id from portfolios where recalls_orders"
        "   and (%(portfolios)s::uuid[] is null or portfolio_id = any(%(portfolios)s))) order by event_number",
        {"portfolios": None if portfolio_ids is None else list(portfolio_ids)},
    ).fetchall()
    return [Recalled(**row) for row in found]


def waiting(
    connection: Connection[dict[str, Any]], after: int = 0, limit: int = 1000
) -> list[tuple[int, Waiting]]:
    """Orders that have not reached a broker for certain: decided, on their way, or of unknown fate.

    Each with the number of its latest event, from one number on.
    """
    found = connection.execute(
        "select event_number, position_id, order_id, client_order_id, status, broker, changed_at, probes from orders"
        " where is_open and not by_hand and status in ('intended', 'submitting', 'unknown') and event_number > %s"
        " order by event_number limit %s",
        (after, limit),
    ).fetchall()
    return [(row.pop("event_number"), Waiting(**row)) for row in found]


def _found(connection: Connection[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> list[Found]:
    executed = executions.of_orders(connection, [row["order_id"] for row in rows])
    orders = {row["order_id"]: _order_of(row, executed.get(row["order_id"], ())) for row in rows}
    return [Found(row["position_id"], orders[row["order_id"]]) for row in rows]


def _order_of(row: dict[str, Any], executed: tuple[Execution, ...]) -> Order:
    return Order(
        id=row["order_id"],
        client_order_id=row["client_order_id"],
        side=row["side"],
        type=row["type"],
        quantity=row["quantity"],
        decided_price=row["decided_price"],
        decided_at=row["decided_at"],
        trading_day=row["trading_day"],
        status=OrderStatus(row["status"]),
        overlay=Overlay(row["overlay"]) if row["overlay"] else None,
        limit_price=row["limit_price"],
        time_in_force=row["time_in_force"],
        reevaluations=row["reevaluations"],
        probes=row["probes"],
        by_hand=row["by_hand"],
        broker=row["broker"],
        account=row["account"],
        broker_order_id=row["broker_order_id"],
        executions=executed,
    )
