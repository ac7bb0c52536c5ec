"""Task runs: ask for one, and see what came of it."""

from datetime import datetime
from heapq import merge
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, StringConstraints

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, page_answer
from api.http.asked import After, Limit, OwnPortfolio, TheHouse, UpToDate, WithTimeline, number_after
from api.http.commands import ACommand, Command
from api.http.documents import answers
from api.http.fields import Body, Moment
from api.http.problems import Problem
from api.http.schemas import Page
from api.http.schemas.runs import Run, RunInput
from api.http.strict_request import StrictRoute
from api.wiring import House
from domain.events import rfc3339
from domain.refusals import NotFound
from domain.runs import state as domain
from projections import automatic_runs
from projections import runs as rows

router = APIRouter(tags=["runs"], route_class=StrictRoute)

ACCEPTED = 202
MOMENTS = ("slot", "as_of", "requested_at", "started_at", "ended_at")

KINDS_MAX = 20

Kinds = Annotated[
    list[Annotated[str, StringConstraints(max_length=40)]] | None,
    Query(alias="kind", max_length=KINDS_MAX, description="Only runs of this kind, or of these"),
]

Asked = Annotated[
    bool,
    Query(description="true: only what a schedule or a person asked for, not what followed from an event"),
]


class Wanted(Body):
    """``as_of`` is the moment the run is about, now when it is left out."""

    kind: Annotated[str, Field(strict=True, max_length=40)]
    as_of: Moment | None = None


@router.post(
    "/portfolios/{portfolio_id}/runs",
    responses=answers(Run, ACCEPTED),
    response_model=None,
    status_code=ACCEPTED,
)
def request(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Wanted) -> Response:
    """Ask for a run; a worker carries it out. What became of it is at `/runs/{id}`."""
    return requested(house, command, portfolio_id, body.kind, body.as_of)


def requested(
    house: House, command: Command, portfolio_id: UUID, kind: str, as_of: datetime | None = None
) -> Response:
    """Ask for a run, and answer it as it waits to be carried out."""
    asked_at = house.ledger.clock()

    def written(run: domain.Run) -> bytes:
        return encode(
            {
                "id": run.id,
                "portfolio_id": run.portfolio_id,
                "kind": run.kind,
                "trigger": run.trigger,
                "status": run.status,
                "slot": moment(run.slot),
                "as_of": rfc3339(run.as_of),
                "requested_at": rfc3339(asked_at),
                "started_at": None,
                "ended_at": None,
                "snapshot_hash": None,
                "policy_hash": None,
                "recommendation_id": None,
                "summary": None,
            }
        )

    return command.run(lambda cause: house.request_run(cause, kind, portfolio_id, as_of), written, ACCEPTED)


@router.get(
    "/portfolios/{portfolio_id}/runs",
    responses=answers(Page[Run]),
    response_model=None,
    dependencies=[WithTimeline],
)
def page(
    house: TheHouse,
    portfolio_id: OwnPortfolio,
    kinds: Kinds = None,
    asked: Asked = False,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Its runs, the latest first: those that were asked for, and what Ballast did because something happened."""
    before = None if after is None else number_after(after)
    with house.pool.connection() as connection:
        both = [
            queries.page(connection, portfolio_id, kinds=kinds, before=before, limit=limit)
            for queries in ((rows,) if asked else (rows, automatic_runs))
        ]
    found = list(merge(*both, key=lambda row: -row["number"]))[:limit]
    cursor = str(found[-1]["number"]) if len(found) == limit else None
    return page_answer([shown(row) for row in found], cursor)


@router.get("/runs/{run_id}", responses=answers(Run), response_model=None, dependencies=[WithTimeline])
def one(house: TheHouse, principal: Principal, run_id: UUID) -> Response:
    """One run."""
    return json_answer(encode(shown(_own(house, principal, run_id))))


@router.get("/runs/{run_id}/input", responses=answers(RunInput), response_model=None, dependencies=[UpToDate])
def snapshot(house: TheHouse, principal: Principal, run_id: UUID) -> Response:
    """What it was worked out from: canonical JSON, whose SHA-256 is the run's `snapshot_hash`. 410 once retired."""
    snapshot_hash = _own(house, principal, run_id)["snapshot_hash"]
    if snapshot_hash is None:
        raise NotFound("input of run", run_id)
    content = house.run_inputs.content(snapshot_hash)
    if content is None:
        sentence = f"The input {snapshot_hash} was kept for a year and has been retired; its hash stays."
        raise Problem(HTTPStatus.GONE, sentence, kind="retired")
    return json_answer(content.encode())


def _own(house: TheHouse, principal: str, run_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        found = rows.one(connection, principal, run_id)
        found = found or automatic_runs.one(connection, principal, run_id)
    if found is None:
        raise NotFound("run", run_id)
    return found


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A run as answers show it."""
    return {name: value for name, value in row.items() if name != "number"} | {
        name: moment(row[name]) for name in MOMENTS
    }
