"""Tells a clock that was set from one that ran on, by a second one that nobody can set.

A clock that is put a day ahead by mistake would ask for tomorrow's runs today. So a step forward is believed only once
it has lasted; one that is taken back before has asked for nothing. A step back needs no doubt: the slots that come
again have their runs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=1)
"""Clocks that are kept right move by less."""

LASTING = timedelta(minutes=5)


@dataclass(slots=True)
class ClockWatch:
    """Shown both clocks at every look. ``steady`` counts from anywhere and only ever runs on."""

    _began: datetime | None = None
    _doubted_since: timedelta | None = None

    def believes(self, now: datetime, steady: timedelta) -> bool:
        """Whether the clock may be acted on at this look."""
        began = now - steady  # when the steady clock stood at zero, as the other one has it
        if self._began is None or began - self._began <= STEP:
            self._began, self._doubted_since = began, None
            return True
        if self._doubted_since is None:
            self._doubted_since = steady
        if steady - self._doubted_since < LASTING:
            return False
        self._began, self._doubted_since = began, None
        return True
