"""The schedules that stand, and when they fall due."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.runs.due import Standing


class Schedules(Protocol):
    """All schedules that are switched on: portfolios' and the house's."""

    def changed(self) -> int:
        """The number of the event that changed a portfolio's schedules last, 0 without any."""

    def standing(self, now: datetime) -> Sequence[Standing]:
        """Each as of now: a run that a clock ahead of it has asked for is not looked at."""


class Cron(Protocol):
    """Reads cron expressions of five fields: minute, hour, day of the month, month, day of the week."""

    def problems(self, cron: str, time_zone: str) -> Mapping[str, str]:
        """What is wrong with an expression or a zone, one sentence for ``cron`` and one for ``time_zone``."""

    def in_words(self, cron: str) -> str:
        """An expression in words: "At 02:15 every day". Raises ValueError for what ``problems`` would name."""

    def slots(self, cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
        """The moments after another at which it falls due, in their order and each once.

        Raises ValueError for what ``problems`` would name.
        """
