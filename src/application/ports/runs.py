"""What runs need from outside: a lock while one is carried out, and a place for their inputs."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID


class RunLocks(Protocol):
    """One lock for each run or review, by its id, given up at the latest when the process that holds it dies."""

    def hold(self, run_id: UUID) -> AbstractContextManager[bool]:
        """Hold a run's lock for the length of a ``with`` block; answers False when somebody else holds it."""


class RunInputs(Protocol):
    """The inputs of runs, outside of the log, each content once under its hash."""

    def keep(self, snapshot_hash: str, content: str, at: datetime) -> None:
        """Keep an input; one that is there already counts as kept from now on."""


class UnendedRuns(Protocol):
    """The runs that have been asked for and are not over."""

    def unattended(self, after: int = 0, limit: int = 100) -> Sequence[tuple[int, UUID]]:
        """Those that nobody is carrying out just now, each after the number of its latest event, from one number on."""


class Discarded(NamedTuple):
    """How much was let go of."""

    inputs: int
    payloads: int
    deliveries: int


class Leftovers(Protocol):
    """What lies beside the log and is kept for a while only."""

    def discard(
        self,
        *,
        inputs_before: datetime,
        payloads_before: datetime,
        deliveries_before: datetime,
        reads_before: datetime,
        previews_before: datetime,
    ) -> Discarded:
        """Delete what is from before these moments.

        Inputs of runs, what providers sent, notifications that were sent over a channel or given up there, marks of
        what was read, and previews of files that were not imported.
        """
