"""Waves and sunsets, and whether they can fire."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class Trigger(Answer):
    """A wave or sunset. ``recommendation_id`` is the advice that uses it, null while it is available.

    One that the active policy does not have any more is told as long as it is used.
    """

    code: str
    status: Literal["available", "recommended", "consumed"]
    recommendation_id: UUID | None
    changed_at: Moment | None
    sentence: str
