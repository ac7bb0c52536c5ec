"""A run that nobody carries out is found again, whatever was lost, and not asked for every second."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from adapters.redis.queue import QueuedJobs
from application.runs.waiting_runs import WaitingRuns

ONE, OTHER = UUID(int=1), UUID(int=2)


@dataclass
class Unended:
    """Runs that wait, as a test says."""

    waiting: list[UUID]

    def unattended(self) -> Sequence[UUID]:
        """See application.ports.UnendedRuns."""
        return list(self.waiting)


@dataclass
class Noted(QueuedJobs):
    """Remembers which runs were enqueued."""

    enqueued: list[UUID] = field(default_factory=list)

    def run(self, run_id: UUID) -> None:
        """See application.ports.Jobs."""
        self.enqueued.append(run_id)


def looked(waiting: WaitingRuns, jobs: Noted, looks: int) -> list[list[UUID]]:
    """What each look enqueued."""
    found = []
    for _ in range(looks):
        jobs.enqueued.clear()
        waiting.sweep()
        found.append(list(jobs.enqueued))
    return found


def test_what_waits_is_enqueued_at_the_second_look_and_then_now_and_again() -> None:
    """At the first look its own job may be about to be taken."""
    jobs = Noted()
    waiting = WaitingRuns(Unended([ONE]), jobs)
    assert looked(waiting, jobs, 13) == [[], [ONE], *([[]] * 9), [ONE], []]


def test_patience_begins_anew_once_somebody_has_attended_to_it() -> None:
    """A worker took it and died later."""
    jobs, unended = Noted(), Unended([ONE, OTHER])
    waiting = WaitingRuns(unended, jobs)
    assert looked(waiting, jobs, 2) == [[], [ONE, OTHER]]
    unended.waiting = [OTHER]
    assert looked(waiting, jobs, 1) == [[]]
    unended.waiting = [ONE, OTHER]
    assert looked(waiting, jobs, 2) == [[], [ONE]]
