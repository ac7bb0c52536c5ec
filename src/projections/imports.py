"""Files that were imported, the rows that came of them, and which entries were reversed since."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.portfolio.events import EntryPosted, EntryReversed, ImportedRow, StatementImported
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import of_portfolio


class ImportRow(NamedTuple):
    event_number: int
    import_id: UUID
    portfolio_id: UUID
    profile: str
    title: str
    file_name: str
    sha256: str
    rows_read: int
    rows_booked: int
    at: datetime
    actor: str


class ImportedRowRow(NamedTuple):
    """A row of a file that became an entry; ``security`` is what the file called it."""

    entry_id: UUID
    portfolio_id: UUID
    event_number: int
    key: str
    content: str
    security: str | None
    listing_id: UUID | None


class PostedEntryRow(NamedTuple):
    """An entry that was posted, by hand or by an import, whose id is its batch then."""

    entry_id: UUID
    of_portfolio: UUID
    batch_id: UUID


class ReversedEntryRow(NamedTuple):
    entry_id: UUID
    of_portfolio: UUID
    batch_id: UUID


IMPORTS = Table(
    name="imports",
    columns={
        "event_number": "bigint",
        "import_id": "uuid not null",
        "portfolio_id": "uuid not null",
        "profile": "text not null",
        "title": "text not null",
        "file_name": "text not null",
        "sha256": "text not null",
        "rows_read": "integer not null",
        "rows_booked": "integer not null",
        "at": "timestamptz not null",
        "actor": "text not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(portfolio_id, event_number)",),
)

IMPORTED_ROWS = Table(
    name="imported_rows",
    columns={
        "entry_id": "uuid",
        "portfolio_id": "uuid not null",
        "event_number": "bigint not null",
        "key": "text not null",
        "content": "text not null",
        "security": "text",
        "listing_id": "uuid",
    },
    key=("entry_id",),
    mode="append",
    indexes=("(portfolio_id, key)", "(portfolio_id, security)"),
)

REVERSED_ENTRIES = Table(
    name="reversed_entries",
    columns={"entry_id": "uuid", "of_portfolio": "uuid not null", "batch_id": "uuid not null"},
    key=("entry_id",),
    mode="append",
    visible=of_portfolio("of_portfolio"),
)

POSTED_ENTRIES = Table(
    name="posted_entries",
    columns={"entry_id": "uuid", "of_portfolio": "uuid not null", "batch_id": "uuid not null"},
    key=("entry_id",),
    mode="append",
    indexes=("(batch_id)",),
    visible=of_portfolio("of_portfolio"),
)

HEARD = (StatementImported, EntryPosted, EntryReversed)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for each import, for each row that it booked, and for each entry that was posted or taken back."""
    event = recorded.event
    match event:
        case StatementImported():
            yield IMPORTS, _import(recorded, event)
        case EntryPosted():
            yield POSTED_ENTRIES, PostedEntryRow(event.entry_id, event.portfolio_id, event.batch_id)
            if event.row is not None:
                yield IMPORTED_ROWS, _row(recorded, event, event.row)
        case EntryReversed():
            yield REVERSED_ENTRIES, ReversedEntryRow(event.reverses, event.portfolio_id, event.batch_id)
        case _:
            return


def _row(recorded: Recorded, event: EntryPosted, row: ImportedRow) -> ImportedRowRow:
    return ImportedRowRow(
        entry_id=event.entry_id,
        portfolio_id=event.portfolio_id,
        event_number=recorded.number,
        key=row.key,
        content=row.content,
        security=row.security,
        listing_id=event.listing_id,
    )


def _import(recorded: Recorded, event: StatementImported) -> ImportRow:
    return ImportRow(
        event_number=recorded.number,
        import_id=event.import_id,
        portfolio_id=event.portfolio_id,
        profile=event.profile,
        title=event.title,
        file_name=event.file_name,
        sha256=event.sha256,
        rows_read=event.rows,
        rows_booked=event.entries,
        at=recorded.metadata.at,
        actor=recorded.metadata.actor,
    )


READ_MODEL = ReadModel(
    "imports", "inline", (IMPORTS, IMPORTED_ROWS, POSTED_ENTRIES, REVERSED_ENTRIES), HEARD, rows
)


def page(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, after: int, limit: int
) -> list[dict[str, Any]]:
    """A portfolio's imports, oldest first, after an event number; ``reversed``: every entry of it was taken back."""
    return connection.execute(
        "select *, rows_booked > 0 and not exists (select from posted_entries e"
        "   where e.batch_id = imports.import_id"
        "   and not exists (select from reversed_entries r where r.entry_id = e.entry_id)) as reversed"
        " from imports where portfolio_id = %s and event_number > %s order by event_number limit %s",
        (portfolio_id, after, limit),
    ).fetchall()


def imported(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, keys: Sequence[str]
) -> Mapping[str, str]:
    """What rows with these keys said that were imported and not reversed."""
    found = connection.execute(
        "select key, content from imported_rows i where portfolio_id = %s and key = any(%s)"
        " and not exists (select from reversed_entries r where r.entry_id = i.entry_id)",
        (portfolio_id, list(keys)),
    ).fetchall()
    return {row["key"]: row["content"] for row in found}


def remembered(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, securities: Sequence[str]
) -> Mapping[str, UUID]:
    """The listing that each of these securities stood for when a row of it was imported last, and not reversed."""
    found = connection.execute(
        "select distinct on (security) security, listing_id from imported_rows i"
        " where portfolio_id = %s and security = any(%s) and listing_id is not null"
        " and not exists (select from reversed_entries r where r.entry_id = i.entry_id)"
        " order by security, event_number desc",
        (portfolio_id, list(securities)),
    ).fetchall()
    return {row["security"]: row["listing_id"] for row in found}
