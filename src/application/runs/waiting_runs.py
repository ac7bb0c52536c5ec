"""The outbox's part for runs: what is asked for is enqueued, and what nobody carries out is enqueued again."""

from collections.abc import Sequence
from uuid import UUID

from application.in_turns import InTurns
from application.ports import Jobs, UnendedRuns
from domain.events import Recorded
from domain.runs.events import RunRequested

LOOKS_BETWEEN = 10
LOOKED_AT_MAX = 100
"""How many runs are looked at in a second. Of more, each has its turn: most wait for theirs, and were not lost."""


class WaitingRuns:
    """Patience is counted in looks, about a second each: a clock that is set back would make it endless."""

    def __init__(self, unended: UnendedRuns, jobs: Jobs) -> None:
        self._unattended = InTurns(unended.unattended, LOOKED_AT_MAX)
        self._jobs = jobs
        self._looks: dict[UUID, int] = {}
        self._looks_of_this_turn: dict[UUID, int] = {}

    def after(self, events: Sequence[Recorded]) -> None:
        """Enqueue the runs that a batch of events asks for."""
        for each in events:
            if isinstance(each.event, RunRequested):
                self._jobs.run(each.event.run_id)

    def sweep(self) -> None:
        """Enqueue what nobody has carried out at two looks in a row, and then at every tenth."""
        for run_id in self._unattended():
            looks = self._looks.get(run_id, -1) + 1
            self._looks_of_this_turn[run_id] = looks
            if looks % LOOKS_BETWEEN == 1:
                self._jobs.run(run_id)
        if self._unattended.is_over:
            self._looks, self._looks_of_this_turn = self._looks_of_this_turn, {}
