"""Where exchange rates are kept, as the use cases need it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from domain.fx import Rate


class FxIntake(Protocol):
    """Rates on their way in, in one transaction, one such at a time."""

    def last_good(self, rate: Rate) -> Rate | None:
        """The last good rate of the same pair from before it."""

    def store(self, rate: Rate, quarantined: str | None, *, believed: bool = False) -> bool:
        """Store a rate with the rule that stopped it, if one did; answers whether it is new.

        One that is there only moves its ``last_seen``; ``believed`` takes a quarantine from it.
        """


class FxRates(Protocol):
    """Exchange rates, each once per pair, moment and source."""

    def intake(self) -> AbstractContextManager[FxIntake]:
        """Begin to store; everything is committed when the block ends well."""

    def latest(self) -> Sequence[Rate]:
        """The newest good rate of every pair."""

    def latest_until(self, moment: datetime) -> Sequence[Rate]:
        """The newest good rate of every pair from a moment or before it."""

    def daily(self, since: datetime | None, until: datetime) -> Sequence[Rate]:
        """The last good rate of every pair on every day, UTC, that has one, oldest first; ``since`` begins a day."""
