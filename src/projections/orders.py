"""Orders as they stand, with their executions."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded, rfc3339
from domain.numbers import plain
from domain.order import Execution
from domain.position.events import (
    POSITION_EVENTS,
    ExecutionBooked,
    OrderAccepted,
    OrderEnded,
    OrderIntended,
    OrderSubmitted,
)
from domain.position.state import Position
from domain.streams import State
from projections.portfolios import OWNED
from projections.read_model import ReadModel, RowOf, Table

ORDER_EVENTS = (OrderIntended, OrderSubmitted, OrderAccepted, ExecutionBooked, OrderEnded)


class OrderRow(NamedTuple):
    order_id: UUID
    event_number: int
    position_id: UUID
    portfolio_id: UUID
    client_order_id: str
    status: str
    is_open: bool
    broker: str | None
    account: str | None
    broker_order_id: str | None
    side: str
    type: str
    quantity: Decimal
    filled: Decimal
    average_price: Decimal | None
    decided_price: Decimal
    decided_at: datetime
    executions: msgspec.Raw


ORDERS = Table(
    name="orders",
    columns={
        "order_id": "uuid",
        "event_number": "bigint not null",
        "position_id": "uuid not null",
        "portfolio_id": "uuid not null",
        "client_order_id": "text not null",
        "status": "text not null",
        "is_open": "boolean not null",
        "broker": "text",
        "account": "text",
        "broker_order_id": "text",
        "side": "text not null",
        "type": "text not null",
        "quantity": "numeric not null",
        "filled": "numeric not null",
        "average_price": "numeric",
        "decided_price": "numeric not null",
        "decided_at": "timestamptz not null",
        "executions": "jsonb not null",
    },
    key=("order_id",),
    mode="replace",
    indexes=("(position_id, order_id)", "(portfolio_id, order_id)", "(status, event_number) where is_open"),
    unique=("(client_order_id)",),
)


def rows(recorded: Recorded, state: State | None) -> Iterable[RowOf]:
    """The order's row after each of its events."""
    if not isinstance(recorded.event, ORDER_EVENTS) or not isinstance(state, Position) or state.order is None:
        return
    order = state.order
    executions = [_execution(execution) for execution in order.executions]
    yield (
        ORDERS,
        OrderRow(
            order_id=order.id,
            event_number=recorded.number,
            position_id=state.id,
            portfolio_id=state.portfolio_id,
            client_order_id=order.client_order_id,
            status=order.status.value,
            is_open=order.is_open,
            broker=order.broker,
            account=order.account,
            broker_order_id=order.broker_order_id,
            side=order.side,
            type=order.type,
            quantity=order.quantity,
            filled=order.filled,
            average_price=order.average_price,
            decided_price=order.decided_price,
            decided_at=order.decided_at,
            executions=msgspec.Raw(msgspec.json.encode(executions)),
        ),
    )


READ_MODEL = ReadModel("orders", "inline", (ORDERS,), POSITION_EVENTS, rows, needs_state=True)


def one(connection: Connection[dict[str, Any]], owner: str, order_id: UUID) -> dict[str, Any] | None:
    """One order of a person's."""
    return connection.execute(
        f"select * from orders where order_id = %(order)s and {OWNED}", {"order": order_id, "owner": owner}
    ).fetchone()


def page(
    connection: Connection[dict[str, Any]],
    owner: str,
    *,
    portfolio_id: UUID | None,
    position_id: UUID | None,
    status: str | None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """A person's orders in the order of their ids, which is the order of their decisions."""
    filters: list[tuple[LiteralString, object]] = [
        ("portfolio_id = %(portfolio)s", portfolio_id),
        ("position_id = %(position)s", position_id),
        ("status = %(status)s", status),
        ("order_id > %(after)s", after),
    ]
    # Only what is asked for stands in the query, so that each combination is planned by its own index.
    where = " and ".join([OWNED, *(condition for condition, value in filters if value is not None)])
    return connection.execute(
        f"select * from orders where {where} order by order_id limit %(limit)s",
        {
            "owner": owner,
            "portfolio": portfolio_id,
            "position": position_id,
            "status": status,
            "after": after,
            "limit": limit,
        },
    ).fetchall()


def open_by_status(connection: Connection[dict[str, Any]]) -> dict[str, int]:
    """How many orders have not ended, by status."""
    found = connection.execute(
        "select status, count(*) as n from orders where is_open group by status order by status"
    ).fetchall()
    return {row["status"]: row["n"] for row in found}


def waiting(connection: Connection[dict[str, Any]], limit: int = 1000) -> list[tuple[UUID, UUID]]:
    """Orders that were decided or were about to be sent and have got no further: (position, order)."""
    found = connection.execute(
        "select position_id, order_id from orders where is_open and status in ('intended', 'submitting')"
        " order by event_number limit %s",
        (limit,),
    ).fetchall()
    return [(row["position_id"], row["order_id"]) for row in found]


def _execution(execution: Execution) -> dict[str, object]:
    return {
        "execution_id": execution.execution_id,
        "revision": execution.revision,
        "quantity": plain(execution.quantity),
        "price": plain(execution.price),
        "commission": plain(execution.commission),
        "at": rfc3339(execution.at),
    }
