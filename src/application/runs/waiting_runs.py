"""The outbox's part for runs: what is asked for is enqueued, and what nobody carries out is enqueued again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from application.ports import Jobs, UnendedRuns
from domain.events import Recorded
from domain.runs.events import RunRequested

LOOKS_BETWEEN = 10


@dataclass(slots=True)
class WaitingRuns:
    """Patience is counted in looks, about a second each: a clock that is set back would make it endless."""

    unended: UnendedRuns
    jobs: Jobs
    _looks: dict[UUID, int] = field(default_factory=dict)

    def after(self, events: Sequence[Recorded]) -> None:
        """Enqueue the runs that a batch of events asks for."""
        for each in events:
            if isinstance(each.event, RunRequested):
                self.jobs.run(each.event.run_id)

    def sweep(self) -> None:
        """Enqueue what nobody has carried out at two looks in a row, and then at every tenth."""
        self._looks = {run_id: self._looks.get(run_id, -1) + 1 for run_id in self.unended.unattended()}
        for run_id, looks in self._looks.items():
            if looks % LOOKS_BETWEEN == 1:
                self.jobs.run(run_id)
