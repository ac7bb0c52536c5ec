"""Task runs."""

from typing import Literal
from uuid import UUID

from pydantic import JsonValue, RootModel

from api.http.schemas.answer import Answer, Moment


class Run(Answer):
    """``slot`` is when a schedule fell due, ``as_of`` the moment the run is about.

    What Ballast did because something happened has the trigger ``event``; a price, an answer of a broker.
    """

    id: UUID
    portfolio_id: UUID | None
    kind: str
    trigger: Literal["schedule", "person", "event"]
    status: Literal["queued", "running", "success", "no_action", "blocked_frozen", "blocked_dq", "failed"]
    slot: Moment | None
    as_of: Moment
    requested_at: Moment
    started_at: Moment | None
    ended_at: Moment | None
    snapshot_hash: str | None
    policy_hash: str | None
    recommendation_id: UUID | None
    summary: str | None


class Schedule(Answer):
    """``in_words`` is the cron expression for people, on the clocks of ``time_zone``.

    ``next_due`` is null while it is switched off; ``last_run`` is the latest that it has asked for.
    """

    kind: str
    cron: str
    in_words: str
    time_zone: str
    enabled: bool
    next_due: Moment | None
    last_run: Run | None


class DescribedSchedule(Answer):
    """A cron expression in words, and the next moments at which it would fall due."""

    in_words: str
    next: list[Moment]


class RunInput(RootModel[dict[str, JsonValue]]):
    """What a run was worked out from: canonical JSON, whose SHA-256 is the run's ``snapshot_hash``."""
