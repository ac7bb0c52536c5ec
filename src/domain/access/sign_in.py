"""A sign-in: how long it lasts, and how long its person counts as just having proven who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

CameFrom = Literal["machine", "network", "internet", "unknown"]
"""What kind of address a sign-in began at: this machine's own, one of a network at home or at work, any other."""

IDLE = timedelta(hours=12)
"""A sign-in that nobody uses for so long is over."""

LASTING = timedelta(days=7)
"""A sign-in is over so long after it began, however much it is used."""

PROOF = timedelta(minutes=5)
"""For so long a password or one-time code counts for what wants it again."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A person who has signed in: when, when they were last seen, and when they last proved who they are."""

    user_id: str
    begun_at: datetime
    seen_at: datetime
    proven_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it is over, if nobody uses it any more."""
        return min(self.begun_at + LASTING, self.seen_at + IDLE)

    def is_over(self, now: datetime) -> bool:
        """Whether it lets nobody in any more."""
        return now >= self.ends_at

    def is_proven(self, now: datetime) -> bool:
        """Whether the person was asked for a secret just now."""
        return now < self.proven_at + PROOF
