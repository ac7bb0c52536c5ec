"""Carry out a run: begin, do its work, conclude. Whoever dies in between leaves it to another worker.

A work that only decides concludes in the append that holds what it decided.

A lock is held meanwhile, so that a slow run is not done twice at once; it is no promise, since a connection may break.
What makes it safe is that a run's work is harmless to repeat, and that a run ends once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import structlog

from application.ledger import Cause, Ledger, Transaction
from application.ports import RunInputs, RunLocks
from domain.policy.canonical import canonical, digest
from domain.refusals import Refusal
from domain.runs import decide as rules
from domain.runs.decide import Result
from domain.runs.kinds import BOOKING_KINDS, PERSON_KINDS, PRESENT_KINDS, in_words
from domain.runs.state import Run
from domain.streams import PORTFOLIO, RUN

log = structlog.get_logger()

ACTOR = "ballast:runs"

Work = Callable[[Run], Result]
"""What a kind of run does: harmless to repeat. What it raises ends the run as failed."""


def _nothing(_: Run) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Decision:
    """What a kind of run decides on a portfolio. What it appends and the end of the run are in the log together.

    ``before`` books what has happened already, in appends of its own.
    """

    decide: Callable[[Transaction, Run], Result]
    before: Callable[[Run], None] = _nothing


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ExecuteRun:
    """The use case.

    ``is_followed`` says whether a later slot of a run's schedule has a run as well. ``passing`` are errors that pass by
    themselves: the run is left, and begun again later.
    """

    ledger: Ledger
    locks: RunLocks
    inputs: RunInputs
    works: Mapping[str, Work | Decision]
    is_followed: Callable[[Run], bool]
    passing: tuple[type[Exception], ...] = ()

    def __call__(self, run_id: UUID) -> Run | None:
        """Carry out a run that is not over; answers None when somebody else does just now."""
        with self.locks.hold(run_id) as held:
            if not held:
                return None
            run = self._start(run_id)
            if run.is_over:
                return run
            work = self.works.get(run.kind)
            if isinstance(work, Decision):
                return self._decide(run, work)
            return self._end(run, self._outcome(run, work))

    def fail(self, run_id: UUID, reason: str) -> Run:
        """Conclude a run that had to be given up."""
        run = Transaction(self.ledger, self._cause(run_id)).require(RUN, run_id)[1]
        return self._end(run, Result("failed", reason))

    def _start(self, run_id: UUID) -> Run:
        def decide(transaction: Transaction) -> Run:
            stream, run = transaction.require(RUN, run_id)
            return transaction.append(stream, rules.start(run, transaction.now))

        return self.ledger.transact(self._cause(run_id), decide).answer

    def _decide(self, run: Run, decision: Decision) -> Run:
        def decide(transaction: Transaction) -> Run:
            transaction.read_together((RUN, run.id), (PORTFOLIO, run.portfolio))
            stream, state = transaction.require(RUN, run.id)
            if state.is_over:
                return state
            result = self._left_undone(transaction, state) or decision.decide(transaction, state)
            return transaction.append(stream, rules.end(state, result, self._kept(result)))

        def done() -> Run:
            decision.before(run)
            return self.ledger.transact(self._cause(run.id), decide).answer

        ended = self._tried(run, done)
        return self._end(run, ended) if isinstance(ended, Result) else ended

    def _outcome(self, run: Run, work: Work | None) -> Result:
        undone = self._left_undone(Transaction(self.ledger, self._cause(run.id)), run)
        if undone is not None:
            return undone
        if work is None:
            return Result("failed", f"Ballast cannot do a {in_words(run.kind)} yet.")
        return self._tried(run, lambda: work(run))

    def _left_undone(self, transaction: Transaction, run: Run) -> Result | None:
        """What a run comes to that is not to be done; None for one that is."""
        if self._is_stopped(transaction, run):
            return Result("blocked_frozen", "The portfolio is frozen, and nothing was done.")
        if run.kind in PRESENT_KINDS and self.is_followed(run):
            return Result("no_action", "A later slot was due by then, and does the same.")
        return None

    def _tried(self, run: Run, work: Callable[[], T]) -> T | Result:
        """What work on a run answers, or the end that it has when that fails."""
        try:
            with self.ledger.within(run.id):
                return work()
        except self.passing:
            raise
        except Refusal as refusal:
            return Result("failed", str(refusal))
        except Exception:  # a process edge: whatever is wrong with the work, the run has an end
            log.exception("run.failed", run_id=str(run.id), kind=run.kind)
            return Result("failed", "Something went wrong here; the worker's log says what.")

    def _is_stopped(self, transaction: Transaction, run: Run) -> bool:
        """Whether a freeze keeps it from happening: whatever a schedule wants, and more than booking by a person."""
        if run.portfolio_id is None or run.kind in PERSON_KINDS:
            return False
        if run.trigger == "person" and run.kind in BOOKING_KINDS:
            return False
        return transaction.require(PORTFOLIO, run.portfolio_id)[1].frozen

    def _end(self, run: Run, result: Result) -> Run:
        snapshot_hash = self._kept(result)

        def decide(transaction: Transaction) -> Run:
            stream, state = transaction.require(RUN, run.id)
            return transaction.append(stream, rules.end(state, result, snapshot_hash))

        return self.ledger.transact(self._cause(run.id), decide).answer

    def _kept(self, result: Result) -> str | None:
        """Keep the input before anything names it, and answer its hash."""
        if result.snapshot is None:
            return result.snapshot_hash
        snapshot_hash = digest(result.snapshot)
        self.inputs.keep(snapshot_hash, canonical(result.snapshot), self.ledger.clock())
        return snapshot_hash

    def _cause(self, run_id: UUID) -> Cause:
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
