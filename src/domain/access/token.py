"""Personal tokens: what a program of a person's may do in their name, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

Scope = Literal["read", "trade"]
"""``read`` sees and changes nothing; ``trade`` may do what its person may, short of what wants them in person."""

DAYS_DEFAULT, DAYS_MAX = 90, 366
TOKENS_MAX = 50


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A token without its secret, which is told once."""

    id: UUID
    user_id: str
    name: str
    scope: Scope
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it lets nobody in any more."""
        return now >= self.expires_at


def lasting(made_at: datetime, days: int) -> datetime:
    """When a token of so many days ends."""
    return made_at + timedelta(days=days)
