"""What concerns the whole house and nobody's portfolio."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment
from api.http.schemas.health import Projection


class GivenUpAbout(Answer):
    """What a job was to do something about. ``position_id`` is an order's.

    ``name`` is a symbol, a portfolio's name, or the kind of a run or of advice.
    """

    kind: Literal["order", "recommendation", "run", "position", "portfolio"]
    id: UUID
    portfolio_id: UUID | None
    position_id: UUID | None
    name: str


class DeadLetter(Answer):
    """A job that failed until it was given up. ``about`` tells what is one's own of what it was about."""

    id: UUID
    job: str
    error: str
    failures: int
    first_failed_at: datetime
    last_failed_at: datetime
    about: list[GivenUpAbout]


class PipelineStep(Answer):
    """A step on the way from a price to a booked trade of one's own.

    ``word`` is how it stands, ``at`` and ``sentence`` the last that it did, ``position_id`` where.
    """

    name: Literal["feed", "gate", "decision", "order", "booking"]
    state: Literal["ok", "waiting", "look", "stopped"]
    word: str
    at: Moment | None
    sentence: str | None
    position_id: UUID | None


class Queue(Answer):
    """How many jobs wait in it."""

    name: str
    jobs: int


class BackupStanding(Answer):
    """How the latest backup went, and when the next is due; null where there is none."""

    status: str | None
    ended_at: Moment | None
    summary: str | None
    next_due: Moment | None


class System(Answer):
    """How the machine is. ``reconciliation_age_seconds`` is of one's own portfolios, null without a broker."""

    sentence: str
    version: str
    pipeline: list[PipelineStep]
    followers: list[Projection]
    queues: list[Queue]
    dead_letters: int
    backup: BackupStanding
    reconciliation_age_seconds: int | None
