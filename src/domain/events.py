"""What every event shares: its stable name, its sentence, and the envelope it is recorded in."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer


def rfc3339(at: datetime) -> str:
    """UTC with microseconds and a ``Z``, the one spelling used in ids, events and answers."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _to_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


Instant = Annotated[
    AwareDatetime,
    AfterValidator(_to_utc),
    PlainSerializer(rfc3339, return_type=str, when_used="json"),
]
"""A moment in UTC; naive ones are refused (DOMAIN §1)."""


class Value(BaseModel):
    """An immutable value: compared by content, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _is_none(value: object) -> bool:
    return value is None


ADDED_LATER = Field(exclude_if=_is_none)
"""Marks a field that an event did not have when it was first released: while it is null it is not written.

So what was stored before reads and writes to the same bytes. A field that changes its meaning is a new version.
"""

StreamKind = Literal[
    "alert", "instrument", "listing", "portfolio", "position", "recommendation", "review", "run"
]


class Event(Value):
    """A fact in the past tense. ``name`` is its stored name, a promise: ``subject.what_happened.version``."""

    name: ClassVar[str]
    stream_kind: ClassVar[StreamKind]

    @abstractmethod
    def sentence(self) -> str:
        """The event in one plain sentence, as timelines and notifications show it."""


class Metadata(Value):
    """Who and what caused an event, and when it took effect.

    ``at`` is the decision or effective time, ``recorded_at`` the clock when it was stored; ``run_id`` is null
    only for a person's own command (DOMAIN §9).
    """

    id: UUID
    at: Instant
    recorded_at: Instant
    actor: str
    correlation_id: UUID
    causation_id: UUID | None = None
    run_id: UUID | None = None
    engine: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place: ``number`` orders the whole log, ``version`` its own stream (from 1).

    ``stored`` is the event's JSON as it lies in the log, None for one that is only about to be appended.
    """

    number: int
    stream_id: UUID
    version: int
    metadata: Metadata
    event: Event
    stored: bytes | None = None

    @property
    def stream(self) -> str:
        """The stream's name on the wire, such as ``position-0193…``."""
        return f"{self.event.stream_kind}-{self.stream_id}"

    def event_json(self) -> str:
        """The event as JSON, as it is stored."""
        return self.stored.decode() if self.stored is not None else self.event.model_dump_json()
