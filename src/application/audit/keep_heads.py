"""Keep a head of the audit chain outside of the database every hour: no new chain takes the old one's place unseen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.ports import Clock
from application.ports.heads import Heads
from domain.audit.chain import End, Head

EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class KeepHeads:
    """The use case. ``end`` answers where the chain ends, None before the first event."""

    heads: Heads
    end: Callable[[], End | None]
    clock: Clock

    def __call__(self) -> Head | None:
        """Keep the head if an hour has passed since the last one and something has happened; answers it then."""
        now, latest = self.clock(), self.heads.latest()
        if latest is not None and latest.at <= now < latest.at + EVERY:
            return None
        end = self.end()
        if end is None or (latest is not None and end.number <= latest.number):
            return None
        head = Head(number=end.number, hash=end.hash.hex(), at=now)
        self.heads.keep(head)
        return head
