"""Do something that is looked at once a second only every so often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(slots=True)
class Every:
    """A sweep that sweeps at most once in a while, first when that has passed once."""

    interval: timedelta
    sweep: Callable[[datetime], None]
    _swept_at: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Sweep if it is time; a clock that is set back makes it wait for no longer than that."""
        if self._swept_at is None or now < self._swept_at:
            self._swept_at = now
        elif now - self._swept_at >= self.interval:
            self._swept_at = now
            self.sweep(now)
