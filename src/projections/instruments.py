"""The registry of instruments."""

from collections.abc import Iterable
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.instrument import InstrumentChanged, InstrumentRegistered
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import EVERYBODY


class InstrumentRow(NamedTuple):
    instrument_id: UUID
    isin: str | None
    title: str | None
    kind: str | None
    distribution: str | None


INSTRUMENTS = Table(
    name="instruments",
    columns={
        "instrument_id": "uuid",
        "isin": "text",
        "title": "text",
        "kind": "text",
        "distribution": "text",
    },
    key=("instrument_id",),
    mode="replace",
    visible=EVERYBODY,
    unique=("(isin)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """The instrument's row after each of its events."""
    event = recorded.event
    if isinstance(event, InstrumentRegistered | InstrumentChanged):
        known = event.particulars
        row = InstrumentRow(event.instrument_id, known.isin, known.title, known.kind, known.distribution)
        yield INSTRUMENTS, row


READ_MODEL = ReadModel(
    "instruments", "inline", (INSTRUMENTS,), (InstrumentRegistered, InstrumentChanged), rows
)


def one(connection: Connection[dict[str, Any]], instrument_id: UUID) -> dict[str, Any] | None:
    """One instrument."""
    return connection.execute(
        "select * from instruments where instrument_id = %s", (instrument_id,)
    ).fetchone()


def by_isin(connection: Connection[dict[str, Any]], isin: str) -> UUID | None:
    """The instrument of an ISIN."""
    row = connection.execute("select instrument_id from instruments where isin = %s", (isin,)).fetchone()
    return row["instrument_id"] if row else None


def page(
    connection: Connection[dict[str, Any]], isin: str | None, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Instruments, of one ISIN or all, in the order of their ids."""
    filters: list[tuple[LiteralString, object]] = [
        ("isin = %(isin)s", isin),
        ("instrument_id > %(after)s", after),
    ]
    where = " and ".join(["true", *(condition for condition, value in filters if value is not None)])
    return connection.execute(
        f"select * from instruments where {where} order by instrument_id limit %(limit)s",
        {"isin": isin, "after": after, "limit": limit},
    ).fetchall()
