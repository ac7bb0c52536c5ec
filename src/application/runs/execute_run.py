"""Carry out a run: begin, do its work, conclude. Whoever dies in between leaves it to another worker.

A lock is held meanwhile, so that a slow run is not done twice at once; it is no promise, since a connection may break.
What makes it safe is that a run's work is harmless to repeat, and that a run ends once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ExecuteRun:
    """The use case.

    ``is_followed`` says whether a later slot of a run's schedule has a run as well. ``passing`` are errors that pass by
    themselves: the run is left, and begun again later.
    """

    ledger: Ledger
    locks: RunLocks
    inputs: RunInputs
    works: Mapping[str, Work]
    is_followed: Callable[[Run], bool]
    passing: tuple[type[Exception], ...] = ()

    def __call__(self, run_id: UUID) -> Run | None:
        """Carry out a run that is not over; answers None when somebody else does just now."""
        with self.locks.hold(run_id) as held:
            if not held:
                return None
            run = self._start(run_id)
            return run if run.is_over else self._end(run, self._outcome(run))

    def fail(self, run_id: UUID, reason: str) -> Run:
        """Conclude a run that had to be given up."""
        run = Transaction(self.ledger, self._cause(run_id)).require(RUN, run_id)[1]
        return self._end(run, Result("failed", reason))

    def _start(self, run_id: UUID) -> Run:
        def decide(transaction: Transaction) -> Run:
            stream, run = transaction.require(RUN, run_id)
            return transaction.append(stream, rules.start(run, transaction.now))

        return self.ledger.transact(self._cause(run_id), decide).answer

    def _outcome(self, run: Run) -> Result:
        if self._is_stopped(run):
            return Result("blocked_frozen", "The portfolio is frozen, and nothing was done.")
        if run.kind in PRESENT_KINDS and self.is_followed(run):
            return Result("no_action", "A later slot was due by then, and does the same.")
        work = self.works.get(run.kind)
        if work is None:
            return Result("failed", f"Ballast cannot do a {in_words(run.kind)} yet.")
        try:
            with self.ledger.within(run.id):
                return work(run)
        except self.passing:
            raise
        except Refusal as refusal:
            return Result("failed", str(refusal))
        except Exception:  # a process edge: whatever is wrong with the work, the run has an end
            log.exception("run.failed", run_id=str(run.id), kind=run.kind)
            return Result("failed", "Something went wrong here; the worker's log says what.")

    def _is_stopped(self, run: Run) -> bool:
        """Whether a freeze keeps it from happening: whatever a schedule wants, and more than booking by a person."""
        if run.portfolio_id is None or run.kind in PERSON_KINDS:
            return False
        if run.trigger == "person" and run.kind in BOOKING_KINDS:
            return False
        _, portfolio = Transaction(self.ledger, self._cause(run.id)).require(PORTFOLIO, run.portfolio_id)
        return portfolio.frozen

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
