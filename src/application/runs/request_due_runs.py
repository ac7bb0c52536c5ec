"""Ask for what schedules want: every slot has one run, however many ask and whenever they die.

A slot's run has its id by portfolio, kind and slot, so that who asks second finds it. What was missed is asked for when
somebody looks again: all of the last weeks, and further back one run that says how much is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from application.ledger import Cause, Ledger, Transaction
from application.ports import Cron, Schedules
from domain.runs import decide as rules
from domain.runs.decide import Result
from domain.runs.due import Due, PassedOver, Standing, due
from domain.runs.events import RunRequested
from domain.runs.state import Run
from domain.streams import RUN

log = structlog.get_logger()

ACTOR = "ballast:schedules"
SLOTS_AN_APPEND = 100

QUIET = timedelta(minutes=1)
"""For no longer it is relied on that nothing falls due."""


@dataclass(slots=True)
class RequestDueRuns:
    """The use case with what it needs from outside.

    It is called about once a second, and there may be thousands of schedules: until one of them is due or changes they
    are not read again.
    """

    ledger: Ledger
    schedules: Schedules
    cron: Cron
    _read: tuple[int, datetime, datetime] | None = None
    """The newest change that was read, when it was, and up to when nothing falls due."""

    def __call__(self) -> int:
        """Ask for every run that is due now, the earliest first; answers how many there had not been."""
        now, changed = self.ledger.clock(), self.schedules.changed()
        if self._read is not None and self._read[0] == changed and self._read[1] <= now < self._read[2]:
            return 0
        asked, quiet_until = 0, now + QUIET
        for standing in self.schedules.standing(now):
            found = self._due(standing, now)
            quiet_until = min(quiet_until, found.upcoming or quiet_until)
            if found.passed_over is not None:
                asked += self._pass_over(standing, found.passed_over)
            for begin in range(0, len(found.slots), SLOTS_AN_APPEND):
                asked += self._ask(standing, found.slots[begin : begin + SLOTS_AN_APPEND])
        self._read = changed, now, quiet_until
        return asked

    def _due(self, standing: Standing, now: datetime) -> Due:
        try:
            return due(self.cron.slots(standing.cron, standing.time_zone, standing.after), now)
        except ValueError as error:  # a time zone may go out of the system's list; the other schedules go on
            log.error("schedule.unreadable", schedule=standing, error=str(error))
            return Due(())

    def _ask(self, standing: Standing, slots: Sequence[datetime]) -> int:
        def decide(transaction: Transaction) -> int:
            return sum(self._request(transaction, standing, slot) is not None for slot in slots)

        return self.ledger.transact(self._cause(self.ledger.new_id()), decide).answer

    def _pass_over(self, standing: Standing, passed_over: PassedOver) -> int:
        def decide(transaction: Transaction) -> int:
            run = self._request(transaction, standing, passed_over.last)
            if run is None:
                return 0
            stream = transaction.load(RUN, run.id)
            transaction.append(stream, rules.end(run, Result("no_action", passed_over.sentence())))
            return 1

        return self.ledger.transact(self._cause(self.ledger.new_id()), decide).answer

    def _request(self, transaction: Transaction, standing: Standing, slot: datetime) -> Run | None:
        """Ask for a slot's run; answers None when it has been asked for."""
        run_id = rules.run_of(standing.portfolio_id, standing.kind, slot)
        stream = transaction.load(RUN, run_id)
        requested = RunRequested(
            run_id=run_id,
            kind=standing.kind,
            portfolio_id=standing.portfolio_id,
            trigger="schedule",
            slot=slot,
            as_of=slot,
        )
        if stream.state is not None:
            return None
        events = rules.request(stream.state, requested)
        return transaction.attempt(lambda: transaction.append(stream, events), self._cause(run_id))

    def _cause(self, run_id: UUID) -> Cause:
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
