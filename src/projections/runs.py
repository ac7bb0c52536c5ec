"""Runs: what was asked for, and how far each has come."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.runs.events import RunEnded, RunRequested, RunStarted
from domain.runs.kinds import HouseKind
from domain.runs.state import Run
from domain.streams import State
from projections.connections import Connections
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import or_own


class RunRow(NamedTuple):
    """What was asked for, once; ``event_number`` is the request's, by which runs are listed.

    ``owner`` is whose it is, for what is done for one person and not for a portfolio or the house.
    """

    run_id: UUID
    event_number: int
    portfolio_id: UUID | None
    owner: str | None
    kind: str
    trigger: str
    slot: datetime | None
    as_of: datetime
    requested_at: datetime


class ProgressRow(NamedTuple):
    """How far it has come."""

    run_id: UUID
    of_portfolio: UUID | None
    of_owner: str | None
    event_number: int
    status: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    summary: str | None = None
    snapshot_hash: str | None = None
    policy_hash: str | None = None
    recommendation_id: UUID | None = None


RUNS = Table(
    name="runs",
    columns={
        "run_id": "uuid",
        "event_number": "bigint not null",
        "portfolio_id": "uuid",
        "owner": "text",
        "kind": "text not null",
        "trigger": "text not null",
        "slot": "timestamptz",
        "as_of": "timestamptz not null",
        "requested_at": "timestamptz not null",
    },
    key=("run_id",),
    mode="append",
    indexes=("(portfolio_id, event_number)", "(portfolio_id, kind, slot) where slot is not null"),
    visible=or_own(),
)

PROGRESS = Table(
    name="runs_progress",
    columns={
        "run_id": "uuid",
        "of_portfolio": "uuid",
        "of_owner": "text",
        "event_number": "bigint not null",
        "status": "text not null",
        "started_at": "timestamptz",
        "ended_at": "timestamptz",
        "summary": "text",
        "snapshot_hash": "text",
        "policy_hash": "text",
        "recommendation_id": "uuid",
    },
    key=("run_id",),
    mode="replace",
    indexes=("(event_number) where ended_at is null",),
    visible=or_own("of_portfolio", "of_owner"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row when a run is asked for, and one for how far it is, which each event replaces."""
    event, number, at = recorded.event, recorded.number, recorded.metadata.at
    match event:
        case RunRequested():
            yield (
                RUNS,
                RunRow(
                    run_id=event.run_id,
                    event_number=number,
                    portfolio_id=event.portfolio_id,
                    owner=event.owner,
                    kind=event.kind,
                    trigger=event.trigger,
                    slot=event.slot,
                    as_of=event.as_of,
                    requested_at=at,
                ),
            )
            yield PROGRESS, ProgressRow(event.run_id, event.portfolio_id, event.owner, number, "queued")
        case RunStarted():
            row = ProgressRow(
                event.run_id, event.portfolio_id, event.owner, number, "running", event.started_at
            )
            yield PROGRESS, row
        case RunEnded():
            yield (
                PROGRESS,
                ProgressRow(
                    run_id=event.run_id,
                    of_portfolio=event.portfolio_id,
                    of_owner=event.owner,
                    event_number=number,
                    status=event.status,
                    started_at=event.started_at,
                    ended_at=at,
                    summary=event.summary,
                    snapshot_hash=event.snapshot_hash,
                    policy_hash=event.policy_hash,
                    recommendation_id=event.recommendation_id,
                ),
            )
        case _:
            pass


READ_MODEL = ReadModel("runs", "inline", (RUNS, PROGRESS), (RunRequested, RunStarted, RunEnded), rows)

MINE: LiteralString = f"(portfolio_id is null and (owner is null or owner = %(member)s) or {OF_MEMBER})"
COLUMNS: LiteralString = (
    "run_id as id, runs.event_number as number, portfolio_id, kind, trigger, status, slot, as_of, requested_at,"
    " started_at, ended_at, snapshot_hash, policy_hash, recommendation_id, summary"
)


def one(connection: Connection[dict[str, Any]], member: str, run_id: UUID) -> dict[str, Any] | None:
    """One run of a person's portfolios or of the house."""
    return connection.execute(
        f"select {COLUMNS} from runs join runs_progress using (run_id) where run_id = %(run)s and {MINE}",
        {"run": run_id, "member": member},
    ).fetchone()


def page(
    connection: Connection[dict[str, Any]],
    portfolio_id: UUID,
    *,
    kinds: Sequence[str] | None,
    before: int | None,
    limit: int,
) -> list[dict[str, Any]]:
    """A portfolio's runs, the one asked for last first, from before a number."""
    filters: list[tuple[LiteralString, object]] = [
        ("kind = any(%(kinds)s)", kinds),
        ("runs.event_number < %(before)s", before),
    ]
    where = " and ".join(
        ["portfolio_id = %(portfolio)s", *(condition for condition, value in filters if value is not None)]
    )
    return connection.execute(
        f"select {COLUMNS} from runs join runs_progress using (run_id) where {where}"
        " order by runs.event_number desc limit %(limit)s",
        {"portfolio": portfolio_id, "kinds": kinds, "before": before, "limit": limit},
    ).fetchall()


def latest_of_house(connection: Connection[dict[str, Any]], kind: HouseKind) -> dict[str, Any] | None:
    """The latest run of a kind that concerns the whole house and is over."""
    return connection.execute(
        f"select {COLUMNS} from runs join runs_progress using (run_id)"
        " where portfolio_id is null and kind = %s and ended_at is not null order by runs.event_number desc limit 1",
        (kind,),
    ).fetchone()


def latest_slots(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, kinds: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """The latest run that a schedule has asked for, of each kind that has one."""
    found = connection.execute(
        f"select {COLUMNS} from unnest(%s::text[]) as wanted (wanted_kind) cross join lateral ("
        " select * from runs where portfolio_id = %s and kind = wanted_kind and slot is not null"
        " order by slot desc limit 1) runs join runs_progress using (run_id)",
        (list(kinds), portfolio_id),
    ).fetchall()
    return {row["kind"]: row for row in found}


class AskedRuns:
    """The application's UnendedRuns, and whether a run has been followed by a later one."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def unattended(self, after: int = 0, limit: int = 100) -> list[tuple[int, UUID]]:
        """See application.ports.UnendedRuns."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "select run_id, event_number from runs_progress where ended_at is null and event_number > %s"
                " and not run_is_attended(run_id) order by event_number limit %s",
                (after, limit),
            ).fetchall()
        return [(row["event_number"], row["run_id"]) for row in found]

    def is_followed(self, run: Run) -> bool:
        """Whether a later slot of the same portfolio and kind has a run as well."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "select from runs where portfolio_id is not distinct from %s and kind = %s and slot > %s limit 1",
                (run.portfolio_id, run.kind, run.slot),
            ).fetchone()
        return found is not None
