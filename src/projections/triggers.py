"""Waves and sunsets of portfolios, as far as advice has ever used them (DOMAIN §8.6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import AdviceClosed, AdviceOpened, TriggersConsumed, TriggersReleased
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class TriggerRow(NamedTuple):
    """``recommendation_id`` is null once it is available again."""

    portfolio_id: UUID
    code: str
    status: str
    recommendation_id: UUID | None
    changed_at: datetime


TRIGGERS = Table(
    name="triggers",
    columns={
        "portfolio_id": "uuid",
        "code": "text",
        "status": "text not null",
        "recommendation_id": "uuid",
        "changed_at": "timestamptz not null",
    },
    key=("portfolio_id", "code"),
    mode="replace",
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each trigger whose state an event changes."""
    event, at = recorded.event, recorded.metadata.at
    match event:
        case AdviceOpened():
            for code in event.triggers:
                row = TriggerRow(event.portfolio_id, code, "recommended", event.recommendation_id, at)
                yield TRIGGERS, row
        case TriggersConsumed():
            for code in event.triggers:
                yield TRIGGERS, TriggerRow(event.portfolio_id, code, "consumed", event.recommendation_id, at)
        case AdviceClosed(released=codes) | TriggersReleased(triggers=codes):
            for code in codes:
                yield TRIGGERS, TriggerRow(event.portfolio_id, code, "available", None, at)
        case _:
            pass


READ_MODEL = ReadModel(
    "triggers",
    "inline",
    (TRIGGERS,),
    (AdviceOpened, TriggersConsumed, AdviceClosed, TriggersReleased),
    rows,
)


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> dict[str, dict[str, Any]]:
    """A portfolio's triggers that were ever used, by their codes."""
    found = connection.execute(
        "select code, status, recommendation_id, changed_at from triggers where portfolio_id = %s order by code",
        (portfolio_id,),
    ).fetchall()
    return {row["code"]: row for row in found}
