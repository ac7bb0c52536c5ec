"""Exports: ask for one, see how far it is, and fetch its files."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, page_answer
from api.http.asked import After, Limit, TheHouse, UpToDate, number_after, own_portfolio
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.exported_file import file_answer
from api.http.fields import Body, Moment
from api.http.problems import invalid
from api.http.schemas.answer import Page
from api.http.schemas.exports import Export, ExportDestinations, ExportManifest
from api.http.strict_request import StrictRoute
from domain.exports.destination import FILE
from domain.exports.wanted import ExportWanted, Form, What
from domain.refusals import NotFound
from domain.runs.state import Run
from projections import exports as rows

router = APIRouter(prefix="/exports", tags=["proof"], route_class=StrictRoute)

ACCEPTED = 202
FIRST_YEAR, LAST_YEAR = 1970, 2198
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[str, Any] = {
    "text/csv": BINARY,
    "application/jsonl": BINARY,
    "application/vnd.apache.parquet": BINARY,
}

Name = Annotated[str, Path(max_length=100, description="A name of the export's `files`")]


class Wanted(Body):
    """Of one portfolio, or of all that are mine; from ``from`` on and before ``to``.

    ``year`` is short for a calendar year of UTC.
    """

    kind: What
    format: Form
    portfolio_id: UUID | None = None
    since: Annotated[Moment | None, Field(alias="from")] = None
    until: Annotated[Moment | None, Field(alias="to")] = None
    year: Annotated[int | None, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR)] = None
    destination: Annotated[str, Field(strict=True, max_length=1000)] = "file:"

    def wanted(self) -> ExportWanted:
        """What is asked for. Raises Problem for a year beside a range."""
        since, until = self.since, self.until
        if self.year is not None:
            if since is not None or until is not None:
                raise invalid(("year", "A year stands instead of from and to."))
            since, until = (datetime(self.year + more, 1, 1, tzinfo=UTC) for more in (0, 1))
        return ExportWanted(
            what=self.kind, form=self.format, since=since, until=until, destination=self.destination
        )


@router.post("", responses=answers(Export, ACCEPTED), response_model=None, status_code=ACCEPTED)
def request(house: TheHouse, command: ACommand, body: Wanted) -> Response:
    """Ask for the log with its hash chain, the ledger, orders, prices or a year's statement; a worker writes them.

    They go into a folder of their own in Ballast's folder of exports (`file:`, `file:2026/q1`) or in a bucket
    (`s3://bucket/prefix`). How far it is, and the files, are at `/exports/{id}`.
    """
    if body.portfolio_id is not None:
        own_portfolio(house, command.principal, body.portfolio_id)
    wanted, asked_at = body.wanted(), house.ledger.clock()

    def written(run: Run) -> bytes:
        return encode(_queued(run, wanted, asked_at))

    return command.run(
        lambda cause: house.request_export(cause, command.principal, wanted, body.portfolio_id),
        written,
        ACCEPTED,
    )


@router.get("", responses=answers(Page[Export]), response_model=None, dependencies=[UpToDate])
def page(house: TheHouse, principal: Principal, after: After = None, limit: Limit = 100) -> Response:
    """My exports, the latest first."""
    before = None if after is None else number_after(after)
    with house.pool.connection() as connection:
        found = rows.page(connection, principal, before, limit)
    cursor = str(found[-1]["number"]) if len(found) == limit else None
    return page_answer([_shown(row) for row in found], cursor)


@router.get("/destinations", responses=answers(ExportDestinations), response_model=None)
def destinations(house: TheHouse, _: Principal) -> Response:
    """Where an export may go: Ballast's folder of exports, and what buckets the operator names."""
    has_store, buckets = house.object_store is not None, house.export_buckets
    named = [str(each) for each in buckets or () if has_store]
    return json_answer(encode({"items": [FILE, *named], "any_bucket": has_store and buckets is None}))


@router.get("/{export_id}", responses=answers(Export), response_model=None, dependencies=[UpToDate])
def one(house: TheHouse, principal: Principal, export_id: UUID) -> Response:
    """One export: how far it is, and its files with their hashes once it is there."""
    return json_answer(encode(_shown(_own(house, principal, export_id))))


@router.get(
    "/{export_id}/files/{name}",
    responses={200: {"model": ExportManifest, "content": FILES}},
    response_model=None,
    dependencies=[UpToDate],
)
def file(house: TheHouse, principal: Principal, request: Request, export_id: UUID, name: Name) -> Response:
    """One of its files, or a range of its bytes (`Range`). Its ETag is its SHA-256, so that a download can go on.

    410 once somebody has removed it; 409 where it went into a bucket.
    """
    export = _own(house, principal, export_id)
    found = next((each for each in export["files"] or () if each["name"] == name), None)
    if found is None:
        raise NotFound("file of this export called", name)
    path = house.export_places.file(export["destination"], export_id, name)
    return file_answer(request, path, name, found["sha256"], export["place"])


def _own(house: TheHouse, principal: str, export_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        found = rows.one(connection, principal, export_id)
    if found is None:
        raise NotFound("export", export_id)
    return found


def _queued(run: Run, wanted: ExportWanted, asked_at: datetime) -> dict[str, Any]:
    nothing = ("started_at", "ended_at", "summary", "place", "files", "up_to", "chain_head", "rows_done")
    asked = {"id": run.id, "portfolio_id": run.portfolio_id, "status": run.status, "requested_at": asked_at}
    return _shown(dict.fromkeys(nothing) | wanted.model_dump() | asked)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    progress = {"rows_done": row["rows_done"], "rows_in_all": row.get("rows_in_all")}
    files = row["files"] or []
    return {
        "id": row["id"],
        "kind": row["what"],
        "format": row["form"],
        "portfolio_id": row["portfolio_id"],
        "from": moment(row["since"]),
        "to": moment(row["until"]),
        "destination": row["destination"],
        "status": row["status"],
        "requested_at": moment(row["requested_at"]),
        "started_at": moment(row["started_at"]),
        "ended_at": moment(row["ended_at"]),
        "summary": row["summary"],
        "progress": None if row["rows_done"] is None else progress,
        "place": row["place"],
        "chain": None if row["up_to"] is None else {"number": row["up_to"], "hash": row["chain_head"]},
        "files": [
            {
                "name": each["name"],
                "rows": each["rows"],
                "bytes": each["size_bytes"],
                "sha256": each["sha256"],
            }
            for each in files
        ],
    }
