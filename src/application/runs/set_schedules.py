"""Say when a portfolio's runs are due."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Cron
from application.runs.possible_kinds import possible_kind
from domain.portfolio.events import Schedule, StandingSchedule
from domain.portfolio.schedules import set_schedules
from domain.refusals import Invalid, InvalidFields
from domain.streams import PORTFOLIO


class WantedSchedule(NamedTuple):
    """A schedule as a person writes it: its kind may be none."""

    kind: str
    cron: str
    time_zone: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class SetSchedules:
    """The use case. ``works`` says which kinds can be carried out."""

    ledger: Ledger
    cron: Cron
    works: Container[str]

    def __call__(
        self, cause: Cause, portfolio_id: UUID, wanted: Sequence[WantedSchedule]
    ) -> Outcome[tuple[StandingSchedule, ...]]:
        """Make a portfolio's schedules what is wanted, all of them.

        Raises InvalidFields with everything that is wrong, and Conflict for a replay.
        """
        schedules = self._schedules(wanted)

        def decide(transaction: Transaction) -> tuple[StandingSchedule, ...]:
            stream, state = transaction.require(PORTFOLIO, portfolio_id)
            return transaction.append(stream, set_schedules(state, schedules, transaction.now)).schedules

        return self.ledger.transact(cause, decide)

    def _schedules(self, wanted: Sequence[WantedSchedule]) -> list[Schedule]:
        schedules, errors = [], []
        for place, each in enumerate(wanted):
            problems = dict(self.cron.problems(each.cron, each.time_zone))
            try:
                schedules.append(self._schedule(each))
            except Invalid as invalid:
                problems[invalid.field] = str(invalid)
            errors += [(f"schedules[{place}].{field}", sentence) for field, sentence in problems.items()]
        if errors:
            raise InvalidFields(errors)
        return schedules

    def _schedule(self, wanted: WantedSchedule) -> Schedule:
        kind = possible_kind(wanted.kind, self.works)
        if kind == "manual":
            raise Invalid("kind", "What is done by hand has no schedule.")
        return Schedule(kind=kind, cron=wanted.cron, time_zone=wanted.time_zone, enabled=wanted.enabled)
