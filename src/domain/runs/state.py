"""A run as it stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from domain.exports.wanted import ExportWanted
from domain.runs.events import (
    AnyRunEvent,
    ExportWritten,
    RetentionApplied,
    RunEnded,
    RunRequested,
    RunStarted,
)
from domain.runs.kinds import RunKind, RunStatus, Trigger


@dataclass(frozen=True, slots=True)
class Run:
    """``attempts`` is how often a worker has begun with it, ``started_at`` when the first did.

    ``retention_applied`` says that it has told the read models what to let go of. ``export`` is what an export is to
    be, and ``export_written`` its sentence once it is there.
    """

    id: UUID
    kind: RunKind
    trigger: Trigger
    portfolio_id: UUID | None
    slot: datetime | None
    as_of: datetime
    status: RunStatus = "queued"
    attempts: int = 0
    started_at: datetime | None = None
    retention_applied: bool = False
    owner: str | None = None
    export: ExportWanted | None = None
    export_written: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing will happen to it any more."""
        return self.status not in ("queued", "running")

    @property
    def portfolio(self) -> UUID:
        """The portfolio that it is done for. Raises ValueError for a run of the whole house."""
        if self.portfolio_id is None:
            raise ValueError(f"run {self.id} is done for no portfolio")
        return self.portfolio_id


def evolve(state: Run | None, event: AnyRunEvent) -> Run:
    """The run after an event."""
    if isinstance(event, RunRequested):
        return Run(
            event.run_id,
            event.kind,
            event.trigger,
            event.portfolio_id,
            event.slot,
            event.as_of,
            owner=event.owner,
            export=event.export,
        )
    if state is None:
        raise ValueError(f"a run's first event must be {RunRequested.name}, not {event.name}")
    match event:
        case RunStarted():
            started_at = state.started_at or event.started_at
            return replace(state, status="running", attempts=event.attempt, started_at=started_at)
        case RunEnded():
            return replace(state, status=event.status)
        case RetentionApplied():
            return replace(state, retention_applied=True)
        case ExportWritten():
            return replace(state, export_written=event.sentence())
        case _:
            assert_never(event)
