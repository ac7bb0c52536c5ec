"""Can it be proven: how far the chain goes and how it was when somebody last looked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChainTold:
    """The log's last number, the chain's, and in how many places the last verification differed, None before any."""

    events: int
    chained: int
    differences: int | None

    def sentence(self) -> str:
        """The answer. That the chain is unbroken only a verification can say."""
        if not self.events:
            return "Nothing has happened yet; the chain begins with the first event."
        return f"{self._chained()} {self._verified()}"

    def _chained(self) -> str:
        behind = self.events - self.chained
        if behind > 0:
            follow = "follows" if behind == 1 else "follow"
            return f"Chained up to event {self.chained:,}; {behind:,} more {follow}."
        return f"Every event up to {self.chained:,} is in the chain."

    def _verified(self) -> str:
        match self.differences:
            case None:
                return "Nobody has verified it yet."
            case 0:
                return "When it was last verified, it was unbroken."
            case 1:
                return "When it was last verified, 1 place differed."
            case count:
                return f"When it was last verified, {count} places differed."
