"""Exports that were asked for: of what, where to, and the files that came of each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from psycopg import Connection

from domain.events import Recorded
from domain.runs.events import ExportWritten, RunRequested
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import own


class ExportRow(NamedTuple):
    """What was asked for, once; its run says how far it has come."""

    run_id: UUID
    event_number: int
    owner: str
    what: str
    form: str
    since: datetime | None
    until: datetime | None
    destination: str


class WrittenRow(NamedTuple):
    """What was written, once."""

    run_id: UUID
    of_owner: str | None
    place: str
    files: msgspec.Raw
    up_to: int
    chain_head: str


EXPORTS = Table(
    name="exports",
    columns={
        "run_id": "uuid",
        "event_number": "bigint not null",
        "owner": "text not null",
        "what": "text not null",
        "form": "text not null",
        "since": "timestamptz",
        "until": "timestamptz",
        "destination": "text not null",
    },
    key=("run_id",),
    mode="append",
    indexes=("(owner, event_number)",),
    visible=own(),
)

WRITTEN = Table(
    name="exports_written",
    columns={
        "run_id": "uuid",
        "of_owner": "text",
        "place": "text not null",
        "files": "jsonb not null",
        "up_to": "bigint not null",
        "chain_head": "text not null",
    },
    key=("run_id",),
    mode="append",
    visible=own("of_owner"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row when an export is asked for, and one when it is written."""
    match recorded.event:
        case RunRequested(export=wanted, owner=owner) as event if wanted is not None and owner is not None:
            yield (
                EXPORTS,
                ExportRow(
                    run_id=event.run_id,
                    event_number=recorded.number,
                    owner=owner,
                    what=wanted.what,
                    form=wanted.form,
                    since=wanted.since,
                    until=wanted.until,
                    destination=wanted.destination,
                ),
            )
        case ExportWritten() as event:
            files = msgspec.Raw(msgspec.json.encode([each.model_dump() for each in event.files]))
            yield (
                WRITTEN,
                WrittenRow(event.run_id, event.owner, event.place, files, event.up_to, event.chain_head),
            )
        case _:
            pass


READ_MODEL = ReadModel("exports", "inline", (EXPORTS, WRITTEN), (RunRequested, ExportWritten), rows)

SHOWN: LiteralString = """
    select run_id as id, x.event_number as number, x.what, x.form, r.portfolio_id, x.since, x.until, x.destination,
        p.status, r.requested_at, p.started_at, p.ended_at, p.summary, w.place, w.files, w.up_to, w.chain_head,
        g.rows_done, g.rows_in_all
    from exports x join runs r using (run_id) join runs_progress p using (run_id)
        left join exports_written w using (run_id) left join export_progress g using (run_id)"""


def one(connection: Connection[dict[str, Any]], owner: str, run_id: UUID) -> dict[str, Any] | None:
    """One export of the person's."""
    return connection.execute(
        f"{SHOWN} where run_id = %(run)s and x.owner = %(owner)s", {"run": run_id, "owner": owner}
    ).fetchone()


def written_before(connection: Connection[dict[str, Any]], moment: datetime) -> list[tuple[str, UUID]]:
    """The destination and the run of everybody's exports that were written before a moment."""
    rows = connection.execute(
        "select destination, run_id from exports join exports_written using (run_id)"
        " join runs_progress using (run_id) where ended_at < %s order by exports.event_number",
        (moment,),
    ).fetchall()
    return [(row["destination"], row["run_id"]) for row in rows]


def page(
    connection: Connection[dict[str, Any]], owner: str, before: int | None, limit: int
) -> list[dict[str, Any]]:
    """A person's exports, the one asked for last first, from before a number."""
    return connection.execute(
        f"{SHOWN} where x.owner = %(owner)s and (%(before)s::bigint is null or x.event_number < %(before)s)"
        " order by x.event_number desc limit %(limit)s",
        {"owner": owner, "before": before, "limit": limit},
    ).fetchall()
