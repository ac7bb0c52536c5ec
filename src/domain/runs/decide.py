"""A run's commands: each answers the events that follow, none when it is already so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from domain.events import rfc3339
from domain.policy.canonical import Json
from domain.runs.events import AnyRunEvent, RunEnded, RunRequested, RunStarted
from domain.runs.kinds import Ending, RunKind
from domain.runs.state import Run

Events = list[AnyRunEvent]

RUNS = UUID("8d1f4f4e-7a5a-5b0c-9b42-6d0e1f3c7a11")
"""The name space in which a slot's run is named for what it is."""

ATTEMPTS_MAX = 5


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to: its ending, one plain sentence, and the input that it was worked out from, if any.

    ``snapshot_hash`` names an input that the work itself has kept already.
    """

    status: Ending
    summary: str
    snapshot: Mapping[str, Json] | None = None
    policy_hash: str | None = None
    recommendation_id: UUID | None = None
    snapshot_hash: str | None = None


def run_of(portfolio_id: UUID | None, kind: RunKind, slot: datetime) -> UUID:
    """The one run of a slot, whoever asks for it and however often."""
    return uuid5(RUNS, f"{portfolio_id}|{kind}|{rfc3339(slot)}")


def request(state: Run | None, wanted: RunRequested) -> Events:
    """Ask for a run; a slot that has one has its run already."""
    return [wanted] if state is None else []


def start(state: Run, at: datetime) -> Events:
    """Begin, or begin again after a worker that did not come to an end; what is over stays over.

    What was begun five times without ever ending has failed.
    """
    if state.is_over:
        return []
    if state.attempts >= ATTEMPTS_MAX:
        return end(state, Result("failed", f"It was begun {ATTEMPTS_MAX} times and never came to an end."))
    return [
        RunStarted(
            run_id=state.id,
            kind=state.kind,
            portfolio_id=state.portfolio_id,
            owner=state.owner,
            attempt=state.attempts + 1,
            started_at=at,
        )
    ]


def end(state: Run, result: Result, snapshot_hash: str | None = None) -> Events:
    """Conclude with what it came to; a run ends once."""
    if state.is_over:
        return []
    return [
        RunEnded(
            run_id=state.id,
            kind=state.kind,
            portfolio_id=state.portfolio_id,
            owner=state.owner,
            status=result.status,
            summary=result.summary,
            started_at=state.started_at,
            snapshot_hash=snapshot_hash,
            policy_hash=result.policy_hash,
            recommendation_id=result.recommendation_id,
        )
    ]
