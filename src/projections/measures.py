"""What the measures are made of: one row for every fact that they count (DOMAIN §10)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded
from domain.measures import COUNTED, KINDS, Counted, Fact, fact_of
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class MeasureRow(NamedTuple):
    """``position_id`` is null for a fact of the whole portfolio."""

    event_number: int
    at: datetime
    portfolio_id: UUID
    position_id: UUID | None
    kind: str
    fact: msgspec.Raw


MEASURES = Table(
    name="measures",
    columns={
        "event_number": "bigint",
        "at": "timestamptz not null",
        "portfolio_id": "uuid not null",
        "position_id": "uuid",
        "kind": "text not null",
        "fact": "jsonb not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(portfolio_id, position_id, event_number)",),
)

DECODERS = {kind: msgspec.json.Decoder(fact) for kind, fact in KINDS.items()}


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each event that a measure counts."""
    event = recorded.event
    if not isinstance(event, Counted):
        return
    fact = fact_of(event, recorded.metadata.at, recorded.stream_id)
    yield (
        MEASURES,
        MeasureRow(
            event_number=recorded.number,
            at=fact.at,
            portfolio_id=event.portfolio_id,
            position_id=fact.position_id,
            kind=fact.kind,
            fact=msgspec.Raw(msgspec.json.encode(fact)),
        ),
    )


READ_MODEL = ReadModel("measures", "following", (MEASURES,), COUNTED, rows)


OF_RULES: LiteralString = """not exists (
    select from positions p where p.position_id = m.position_id and p.placement is not null)"""
"""What carries out a line of advice follows no rule that could be measured."""


def of_portfolio(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[Fact]:
    """Everything that counts for a portfolio's positions together, in the order of the log."""
    return _facts(connection, "portfolio_id = %(portfolio)s", {"portfolio": portfolio_id})


def of_position(connection: Connection[dict[str, Any]], portfolio_id: UUID, position_id: UUID) -> list[Fact]:
    """Everything that counts for one position, in the order of the log."""
    where = "portfolio_id = %(portfolio)s and (position_id = %(position)s or position_id is null)"
    return _facts(connection, where, {"portfolio": portfolio_id, "position": position_id})


def _facts(
    connection: Connection[dict[str, Any]], where: LiteralString, values: dict[str, UUID]
) -> list[Fact]:
    query = f"select kind, fact::text from measures m where {where} and {OF_RULES} order by event_number"
    found = connection.execute(query, values).fetchall()
    return [DECODERS[row["kind"]].decode(row["fact"]) for row in found]
