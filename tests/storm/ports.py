"""The real ports on PostgreSQL, with a moment before and after everything that they change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.inbox import PostgresInbox
from adapters.postgres.pool import Pool, PostgresPool
from adapters.postgres.price_intake import PostgresIntake
from adapters.postgres.prices import PostgresPrices
from adapters.postgres.reconciliations import PostgresReconciliations
from application.ports import Batch, CursorMoves, Message, UndecidedTicks
from projections.catalogue import INLINE
from projections.inline import InlineModels
from storm.crashes import Moments


class Appends:
    """Knows, without asking the database, whether anything may have been appended since somebody looked."""

    def __init__(self) -> None:
        self._tried, self._seen = 0, 0

    def tried(self) -> None:
        """Something may have been appended."""
        self._tried += 1

    def seen(self) -> bool:
        """Whether nothing was tried since this was asked last."""
        before, self._seen = self._seen, self._tried
        return before == self._tried


class Log(PostgresEventLog):
    """The event log, whose every way to append tells ``appends``."""

    def __init__(self, pool: PostgresPool, moments: Moments, appends: Appends) -> None:
        super().__init__(pool, pool.of_house, InlineModels(INLINE))
        self._moments = moments
        self.appends = appends

    def append_within(self, connection: Connection[dict[str, Any]], batch: Batch) -> int:
        """See PostgresEventLog."""
        number = super().append_within(connection, batch)
        self.appends.tried()
        return number

    def append(self, batch: Batch) -> int:
        """See application.ports.EventLog."""
        self._moments.reach("log.append")
        number = super().append(batch)
        self._moments.reach("log.append committed")
        return number


class Prices(PostgresPrices):
    """Prices, whose intake nobody may come in between of: it holds locks."""

    def __init__(self, pool: Pool, log: Log, moments: Moments) -> None:
        super().__init__(pool, log)
        self._appends = log.appends
        self._moments = moments

    @contextmanager
    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> Iterator[PostgresIntake]:
        """See application.ports.Prices."""
        self._moments.reach("prices.intake")
        with super().intake(feed, listing_ids) as intake:
            yield intake
            self._moments.reach("prices.intake stored", locked=True)
        self._appends.tried()
        self._moments.reach("prices.intake committed")

    def undecided_ticks(self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool) -> UndecidedTicks:
        """See application.ports.Prices."""
        found = super().undecided_ticks(feed, listing_ids, newest_only=newest_only)
        self._moments.reach("prices.undecided_ticks")
        return found

    def advance(self, moves: CursorMoves) -> None:
        """See application.ports.Prices."""
        self._moments.reach("prices.advance")
        super().advance(moves)
        self._moments.reach("prices.advance committed")


class Inbox(PostgresInbox):
    """The inbox of brokers' messages."""

    def __init__(self, pool: Pool, moments: Moments) -> None:
        super().__init__(pool)
        self._moments = moments

    def receive(self, message: Message, next_try_at: datetime) -> int | None:
        """See application.messages.inbox.Inbox."""
        self._moments.reach("inbox.receive")
        number = super().receive(message, next_try_at)
        self._moments.reach("inbox.receive committed")
        return number

    def waiting(self, numbers: Sequence[int]) -> list[Message]:
        """See application.messages.inbox.Inbox."""
        found = super().waiting(numbers)
        self._moments.reach("inbox.waiting")
        return found


class Reconciliations(PostgresReconciliations):
    """When accounts were compared."""

    def __init__(self, pool: Pool, moments: Moments) -> None:
        super().__init__(pool)
        self._moments = moments

    def remember(self, portfolio_id: UUID, began_at: datetime, *, clean: bool, found: Sequence[str]) -> None:
        """See application.reconciliation.books.Reconciliations."""
        self._moments.reach("reconciliations.remember")
        super().remember(portfolio_id, began_at, clean=clean, found=found)
        self._moments.reach("reconciliations.remember committed")
