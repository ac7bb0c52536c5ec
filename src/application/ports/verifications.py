"""What is remembered of verifications."""

from datetime import datetime
from typing import NamedTuple, Protocol

from domain.audit.verification import Verification


class Verified(NamedTuple):
    """A verification that came to its end: up to which event, and in how many places something differed."""

    ended_at: datetime
    events: int
    chain_head: str | None
    decisions: int
    differences: int


class Verifications(Protocol):
    """The verifications of this log, by whomever."""

    def remember(self, found: Verification, at: datetime) -> None:
        """Remember one; of those before it the latest hundred stay."""

    def latest(self) -> Verified | None:
        """The last one, None while there is none."""
