"""Let go of what is not kept for good (DOMAIN §9). Events and prices are.

Read models are told by an event, so that a rebuild lets go of the same. What lies beside the log is deleted here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ledger import Cause, Ledger, Transaction
from application.ports import Leftovers
from domain.runs.decide import Result
from domain.runs.events import RetentionApplied
from domain.runs.state import Run
from domain.streams import RUN

INPUTS_KEPT = timedelta(days=366)
"""Twelve months, also of a leap year."""

ALERTS_KEPT = NOTIFICATIONS_KEPT = PAYLOADS_KEPT = PREVIEWS_KEPT = timedelta(days=90)

READS_KEPT = NOTIFICATIONS_KEPT + timedelta(days=1)
"""The feed follows the log: no notification shall seem unread for the moment before it goes."""


@dataclass(frozen=True, slots=True)
class ApplyRetention:
    """The work of a retention run. Its limits follow from the run's own moment, so that a repeat has the same.

    ``exports`` removes files that were exported too long before a moment, and answers how many exports that was.
    """

    ledger: Ledger
    leftovers: Leftovers
    exports: Callable[[datetime], int]

    def __call__(self, run: Run) -> Result:
        """Let go of what is older than its limits."""
        limits = RetentionApplied(
            run_id=run.id,
            kind=run.kind,
            portfolio_id=run.portfolio_id,
            alerts_before=run.as_of - ALERTS_KEPT,
            notifications_before=run.as_of - NOTIFICATIONS_KEPT,
            inputs_before=run.as_of - INPUTS_KEPT,
            payloads_before=run.as_of - PAYLOADS_KEPT,
        )
        self._tell_the_read_models(run, limits)
        gone = self.leftovers.discard(
            inputs_before=limits.inputs_before,
            payloads_before=limits.payloads_before,
            deliveries_before=limits.notifications_before,
            reads_before=run.as_of - READS_KEPT,
            previews_before=run.as_of - PREVIEWS_KEPT,
        )
        exports = self.exports(run.as_of)
        deleted = (
            f"{gone.inputs} inputs of runs, {gone.payloads} payloads, {gone.deliveries} deliveries and"
            f" {exports} {'export' if exports == 1 else 'exports'}"
        )
        return Result("success", f"{limits.sentence()} Deleted {deleted}.")

    def _tell_the_read_models(self, run: Run, limits: RetentionApplied) -> None:
        def decide(transaction: Transaction) -> None:
            stream, state = transaction.require(RUN, run.id)
            transaction.append(stream, [] if state.retention_applied else [limits])

        run_id = self.ledger.run_id()
        self.ledger.transact(Cause("ballast:runs", run_id, run_id=run_id), decide)
