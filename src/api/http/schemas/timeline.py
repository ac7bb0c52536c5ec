"""Events as a timeline shows them."""

from typing import Any
from uuid import UUID

from api.http.schemas.answer import Answer, Moment


class TimelineEvent(Answer):
    """``at`` is the decision or effective time; decisions carry ``data.inputs`` and ``data.outputs``."""

    number: int
    id: UUID
    stream: str
    version: int
    type: str
    at: Moment
    actor: str
    run_id: UUID | None
    correlation_id: UUID
    recorded_at: Moment
    message: str
    data: dict[str, Any]
