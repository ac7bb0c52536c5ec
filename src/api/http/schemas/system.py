"""What concerns the whole house and nobody's portfolio."""

from datetime import datetime
from uuid import UUID

from api.http.schemas.answer import Answer


class DeadLetter(Answer):
    """A job that failed until it was given up. What it was about is not told: it may be somebody else's."""

    id: UUID
    job: str
    error: str
    failures: int
    first_failed_at: datetime
    last_failed_at: datetime
