"""A run that nobody carries out is found again, whatever was lost, and not asked for every second."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from adapters.redis.queue import QueuedJobs
from application.runs.waiting_runs import LOOKED_AT_MAX, WaitingRuns

ONE, OTHER = UUID(int=1), UUID(int=2)


@dataclass
class Unended:
    """Runs that wait, as a test says."""

    waiting: list[UUID]

    def unattended(self, after: int = 0, limit: int = 100) -> Sequence[tuple[int, UUID]]:
        """See application.ports.UnendedRuns."""
        return [(each.int, each) for each in self.waiting if each.int > after][:limit]


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


def test_what_nobody_ever_attends_to_takes_no_turn_from_what_comes_behind_it() -> None:
    """Two pages and a half of runs that no worker can carry out, and one after them that was lost."""
    jobs, lost = Noted(), UUID(int=LOOKED_AT_MAX * 5 // 2)
    waiting = WaitingRuns(Unended([UUID(int=each + 1) for each in range(lost.int)]), jobs)
    enqueued = looked(waiting, jobs, 6)
    assert [lost in each for each in enqueued] == [False] * 5 + [True]
    assert max(map(len, enqueued)) == LOOKED_AT_MAX


def test_in_turns_patience_begins_anew_as_well_once_somebody_has_attended_to_it() -> None:
    jobs, unended = Noted(), Unended([UUID(int=each + 1) for each in range(LOOKED_AT_MAX + 1)])
    first, last = unended.waiting[0], unended.waiting[-1]
    waiting = WaitingRuns(unended, jobs)
    assert looked(waiting, jobs, 2) == [[], []]
    unended.waiting.remove(first)
    again = looked(waiting, jobs, 2)
    assert [last in each for each in again] == [True, False]
    unended.waiting.insert(0, first)
    assert [first in each for each in looked(waiting, jobs, 4)] == [False, False, True, False]
