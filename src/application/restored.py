"""A Ballast that came out of a backup: it reads, and acts only once it is verified and compared (ADR 45)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.ports import Clock
from application.ports.restorations import Restoration, Restorations
from domain.refusals import Refusal


class ReadOnly(Refusal):
    """The command would change something, and nothing may be changed yet."""

    kind = "read-only"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands between a restored Ballast and its work."""

    restoration: Restoration
    not_compared: Sequence[UUID]

    @property
    def sentence(self) -> str:
        """What it is, and what has to happen."""
        beginning = f"This Ballast was restored from {self.restoration.file} and is read only until"
        if self.restoration.verified_at is None:
            return f"{beginning} `ballast verify` finds that nothing differs."
        count = len(self.not_compared)
        accounts = "1 broker account has" if count == 1 else f"{count} broker accounts have"
        return f"{beginning} {accounts} been compared with its books and nothing differs."


@dataclass(slots=True)
class Restored:
    """Asks whether this Ballast may act.

    ``connected`` are the portfolios with a real broker, ``latest_clean`` when each last agreed with it. Nobody
    restores into a database in use, so that who may act once may act for as long as the process lives.
    """

    restorations: Restorations
    connected: Callable[[], Sequence[UUID]]
    latest_clean: Callable[[], Mapping[UUID, datetime]]
    clock: Clock
    over: bool = False

    def may_act(self) -> bool:
        """Whether commands are taken and orders leave; what everything has been waiting for is noticed here."""
        return self.over or self.waiting() is None

    def require(self) -> None:
        """Raise ReadOnly while nothing may be changed."""
        waiting = None if self.over else self.waiting()
        if waiting is not None:
            raise ReadOnly(waiting.sentence)

    def waiting(self) -> Waiting | None:
        """What it waits for, None when it may act."""
        restoration = self.restorations.pending()
        if restoration is not None:
            compared = self.latest_clean()
            not_compared = [
                portfolio_id
                for portfolio_id in self.connected()
                if portfolio_id not in compared or compared[portfolio_id] < restoration.restored_at
            ]
            if restoration.verified_at is None or not_compared:
                return Waiting(restoration, not_compared)
            self.restorations.lift(self.clock())
        self.over = True
        return None

    def verified(self) -> None:
        """Take note that a verification found that nothing differs."""
        if not self.over:
            self.restorations.verified(self.clock())
