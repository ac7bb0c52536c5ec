"""Channels, as far as they may be shown."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class Channel(Answer):
    """Its address is never shown: ``scheme`` is how it begins, ``fingerprint`` tells it from another.

    ``failed`` counts notifications that were given up after an hour of tries, ``problem`` is what was wrong last.
    """

    id: UUID
    name: str
    scheme: str
    fingerprint: str
    severities: list[Literal["INFO", "WARN", "CRITICAL"]]
    enabled: bool
    last_sent_at: Moment | None
    waiting: int
    failed: int
    problem: str | None


class Tried(Answer):
    """``problem`` says why it was not sent, null when the service has taken it."""

    sent: bool
    problem: str | None
