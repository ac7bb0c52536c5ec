"""Jobs that failed until they were given up, as those who keep them and those who see to them know them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol
from uuid import UUID

from domain.refusals import Refusal

Settled = Literal["retried", "dismissed"]


class QueueAway(Refusal):
    """Jobs cannot be asked for just now."""

    kind = "queue-away"


class DeadLetter(NamedTuple):
    """A job by its name, with the ids it was asked with, and the kind of error and place that it last failed with."""

    id: UUID
    job: str
    arguments: Sequence[Any]
    error: str
    failures: int
    first_failed_at: datetime
    last_failed_at: datetime


class DeadLetters(Protocol):
    """Where they wait for somebody."""

    def waiting(self, *, after: UUID | None = None, limit: int = 1000) -> Sequence[DeadLetter]:
        """Those that nobody has settled, in the order of their ids."""

    def settle(self, letter_id: UUID, as_: Settled, by: str, at: datetime) -> DeadLetter | None:
        """Settle one; None when it does not wait any more, or never did."""


class Again(Protocol):
    """Asks for a job as it was asked for before."""

    def __call__(self, job: str, arguments: Sequence[Any]) -> None:
        """Raises QueueAway, and the job has then not been asked for."""
