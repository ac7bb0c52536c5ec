"""The journal: one balanced double-entry row for every event that moves money or units (DOMAIN §6)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Event, Recorded
from domain.journal import POSTING_EVENTS, entry_for
from domain.portfolio.advice import is_of_advice
from domain.portfolio.events import EntryPosted, LedgerEvent
from domain.portfolio.untold import is_of_action
from domain.position.events import MergerApplied, SplitApplied
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
    sentence: str
    posted: bool
    of_action: bool


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
        "sentence": "text not null",
        "posted": "boolean not null",
        "of_action": "boolean not null",
    },
    key=("event_number",),
    mode="append",
    indexes=(
        "(portfolio_id, event_number)",
        "(portfolio_id, at)",
        "(portfolio_id, reference) where reference is not null",
        "(id)",
    ),
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
            sentence=event.sentence(),
            posted=_was_posted(event),
            of_action=_is_of_action(event),
        ),
    )


READ_MODEL = ReadModel("journal", "inline", (JOURNAL,), POSTING_EVENTS, rows)


def page(
    connection: Connection[dict[str, Any]],
    portfolio_id: UUID,
    after: int,
    limit: int,
    *,
    newest_first: bool = False,
) -> list[dict[str, Any]]:
    """A portfolio's entries after an event number, oldest first.

    With ``newest_first`` they come the other way round, and ``after`` is the number that they lie before. ``reversed``
    says that it was taken back, ``reversible`` that a person posted it and may take it back.
    """
    beyond, way = ("<", "desc") if newest_first else (">", "asc")
    return connection.execute(
        "select j.id, at, kind, reference, currency, event_number, lines, sentence, r.entry_id is not null as reversed,"
        "   posted and r.entry_id is null as reversible"
        " from journal j left join reversed_entries r on r.entry_id = j.id"
        f" where portfolio_id = %(portfolio)s and event_number {beyond} %(after)s"
        f" order by event_number {way} limit %(limit)s",
        {"portfolio": portfolio_id, "after": after, "limit": limit},
    ).fetchall()


def _was_posted(event: Event) -> bool:
    """Whether a person may take it back here: what advice has booked goes with that advice."""
    return isinstance(event, EntryPosted) and not is_of_advice(event)


def _is_of_action(event: Event) -> bool:
    """Whether units changed, or a dividend is owed or paid, because a company did something, and not by a trade."""
    return isinstance(event, SplitApplied | MergerApplied) or (
        isinstance(event, EntryPosted) and is_of_action(event)
    )
