"""Executions as they were booked, revision by revision."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.order import Execution
from domain.position.events import ExecutionBooked, ExecutionCorrected, ExternalFillAdopted
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table

EXECUTED = (ExecutionBooked, ExecutionCorrected, ExternalFillAdopted)


class ExecutionRow(NamedTuple):
    """A revision of an execution as it was booked; the latest one counts. ``order_id`` is null for a stranger's."""

    broker: str
    account: str
    execution_id: str
    revision: int
    event_number: int
    order_id: UUID | None
    position_id: UUID
    portfolio_id: UUID
    side: str
    quantity: Decimal
    price: Decimal
    commission: Decimal
    notional: Decimal
    executed_at: datetime


EXECUTIONS = Table(
    name="executions",
    columns={
        "broker": "text",
        "account": "text",
        "execution_id": "text",
        "revision": "integer",
        "event_number": "bigint not null",
        "order_id": "uuid",
        "position_id": "uuid not null",
        "portfolio_id": "uuid not null",
        "side": "text not null",
        "quantity": "numeric not null",
        "price": "numeric not null",
        "commission": "numeric not null",
        "notional": "numeric not null",
        "executed_at": "timestamptz not null",
    },
    key=("broker", "account", "execution_id", "revision"),
    mode="append",
    indexes=("(order_id, event_number)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for every revision of an execution."""
    if isinstance(recorded.event, EXECUTED):
        yield EXECUTIONS, _execution(recorded, recorded.event)


def _execution(
    recorded: Recorded, event: ExecutionBooked | ExecutionCorrected | ExternalFillAdopted
) -> ExecutionRow:
    # The first executions ever stored did not name their broker: there was only paper.
    broker = event.broker or "paper"
    account = event.account or str(event.portfolio_id)
    return ExecutionRow(
        broker=broker,
        account=account,
        execution_id=event.execution_id,
        revision=event.revision,
        event_number=recorded.number,
        order_id=None if isinstance(event, ExternalFillAdopted) else event.order_id,
        position_id=recorded.stream_id,
        portfolio_id=event.portfolio_id,
        side=event.side,
        quantity=event.quantity,
        price=event.price,
        commission=event.commission,
        notional=event.notional,
        executed_at=event.executed_at,
    )


READ_MODEL = ReadModel("executions", "inline", (EXECUTIONS,), EXECUTED, rows)


def of_orders(
    connection: Connection[dict[str, Any]], order_ids: Sequence[UUID]
) -> dict[UUID, tuple[Execution, ...]]:
    """The latest revision of each execution of some orders, in the order of their first booking."""
    found = connection.execute(
        "select * from executions where order_id = any(%s) order by event_number", (list(order_ids),)
    ).fetchall()
    latest: dict[UUID, dict[str, Execution]] = {}
    for row in found:
        latest.setdefault(row["order_id"], {})[row["execution_id"]] = _execution_of(row)
    return {order_id: tuple(each.values()) for order_id, each in latest.items()}


def _execution_of(row: dict[str, Any]) -> Execution:
    return Execution(
        execution_id=row["execution_id"],
        revision=row["revision"],
        quantity=row["quantity"],
        price=row["price"],
        commission=row["commission"],
        notional=row["notional"],
        at=row["executed_at"],
    )
