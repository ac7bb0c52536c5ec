"""The journal: one balanced double-entry row for every event that moves money or units (DOMAIN §6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded
from domain.journal import POSTING_EVENTS, entry_for
from domain.portfolio.events import LedgerEvent
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class JournalRow(NamedTuple):
    event_number: int
    id: UUID
    portfolio_id: UUID
    at: datetime
    kind: str
    reference: str | None
    currency: str
    lines: msgspec.Raw


JOURNAL = Table(
    name="journal",
    columns={
        "event_number": "bigint",
        "id": "uuid not null",
        "portfolio_id": "uuid not null",
        "at": "timestamptz not null",
        "kind": "text not null",
        "reference": "text",
        "currency": "text not null",
        "lines": "jsonb not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(portfolio_id, event_number)", "(portfolio_id, at)"),
    checks=("lines_balance(lines)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """The event's entry, if it moves anything. The table refuses lines that do not sum to zero."""
    event = recorded.event
    entry = entry_for(event, recorded.stream_id)
    if entry is None:
        return
    lines = [
        {
            "account": line.account,
            "listing_id": line.listing_id,
            "quantity": format(line.quantity, "f"),
            "amount": format(line.amount, "f"),
        }
        for line in entry.lines
    ]
    yield (
        JOURNAL,
        JournalRow(
            event_number=recorded.number,
            id=event.entry_id if isinstance(event, LedgerEvent) else recorded.metadata.id,
            portfolio_id=entry.portfolio_id,
            at=recorded.metadata.at,
            kind=entry.kind,
            reference=entry.reference,
            currency=entry.currency,
            lines=msgspec.Raw(msgspec.json.encode(lines)),
        ),
    )


READ_MODEL = ReadModel("journal", "inline", (JOURNAL,), POSTING_EVENTS, rows)


def page(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, after: int, limit: int
) -> list[dict[str, Any]]:
    """A portfolio's entries, oldest first, after an event number."""
    return connection.execute(
        "select id, at, kind, reference, event_number, lines from journal"
        " where portfolio_id = %s and event_number > %s order by event_number limit %s",
        (portfolio_id, after, limit),
    ).fetchall()
