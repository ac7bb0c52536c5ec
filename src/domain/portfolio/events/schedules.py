"""When a portfolio's runs are due."""

from typing import ClassVar

from pydantic import StrictBool

from domain.events import Instant, Value
from domain.portfolio.events.place import PortfolioEvent
from domain.runs.kinds import PortfolioKind, in_words


class Schedule(Value):
    """A kind of run, due whenever a cron expression of five fields says so on the clocks of a time zone."""

    kind: PortfolioKind
    cron: str
    time_zone: str
    enabled: StrictBool


class StandingSchedule(Schedule):
    """A schedule and since when it has been this one: what fell due before is none of its slots."""

    since: Instant

    @property
    def wanted(self) -> Schedule:
        """The schedule as it was asked for."""
        return Schedule(kind=self.kind, cron=self.cron, time_zone=self.time_zone, enabled=self.enabled)


class SchedulesSet(PortfolioEvent):
    """All schedules of the portfolio, one a kind at most."""

    name: ClassVar[str] = "portfolio.schedules_set.1"

    schedules: tuple[StandingSchedule, ...]

    def sentence(self) -> str:
        if not self.schedules:
            return "Took away all schedules."
        return f"Set the schedules: {', '.join(_words(each) for each in self.schedules)}."


def _words(schedule: Schedule) -> str:
    off = "" if schedule.enabled else ", switched off"
    return f"{in_words(schedule.kind)} at {schedule.cron} ({schedule.time_zone}{off})"
