"""Can the data be trusted: everything that is watched in one sentence."""

from dataclasses import dataclass
from typing import Literal

State = Literal["quiet", "look", "stopped"]


@dataclass(frozen=True, slots=True)
class Trust:
    """How many listings are watched, how many of them have no price to decide on, how many prices wait stopped."""

    listings: int
    old: int
    stopped: int

    @property
    def state(self) -> State:
        """A price that was stopped waits for a person; an old one is worth a look."""
        if self.stopped:
            return "stopped"
        return "look" if self.old else "quiet"

    @property
    def alarm(self) -> str | None:
        """What of the sentence, from its beginning, keeps one from trusting it; None where nothing does."""
        if self.stopped:
            return self._stopped()
        return self._fresh() if self.old else None

    def sentence(self) -> str:
        """The answer."""
        if not self.listings:
            return "Nothing is watched yet."
        return f"{self._stopped()} {self._fresh()}" if self.stopped else self._fresh()

    def _stopped(self) -> str:
        what = "1 price was" if self.stopped == 1 else f"{self.stopped} prices were"
        return f"{what} stopped and {'waits' if self.stopped == 1 else 'wait'} for you."

    def _fresh(self) -> str:
        if not self.old:
            return "Every listing has a fresh price." if self.listings > 1 else "The price is fresh."
        return f"{self.old} of {self.listings} {'listings' if self.listings > 1 else 'listing'} without a fresh price."
