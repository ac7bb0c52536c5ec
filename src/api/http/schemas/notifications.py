"""The feed of notifications."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class Notification(Answer):
    """``number`` is its place in the log, and the ``after`` by which a client asks for what came later.

    The ids say what it is about, as far as it is about such a thing. ``at`` is when that took effect, and
    ``recorded_at`` when it became known: so long ago it was told.
    """

    number: int
    id: UUID
    kind: Literal["alert", "frozen", "unfrozen", "run_failed", "advice"]
    severity: Literal["INFO", "WARN", "CRITICAL"]
    title: str
    sentence: str
    portfolio_id: UUID | None
    listing_id: UUID | None
    alert_id: UUID | None
    run_id: UUID | None
    at: Moment
    recorded_at: Moment
    read_at: Moment | None


class MarkedRead(Answer):
    """How many were unread until then."""

    marked: int
