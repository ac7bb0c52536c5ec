"""The house: everything of a process, built once, by hand.

It is one object in storeys, each made of those below it: `Configured` (what a process is told), `Stores` (PostgreSQL),
`Outside` (queue, brokers, calendars, backups), `Notifying`, `Reviews`, `Pricing`, `Trading`, `Exporting`, `UseCases`
(books, imports, strategies, advice, runs), `Access` (people, and what lets them in), and the `House` itself.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Any
from uuid import UUID

from adapters.postgres.migrate import migrate
from adapters.postgres.snapshots import PostgresSnapshots
from adapters.postgres.tenant_role import can_take_on, grant_again, make_role
from api.wiring.access import Access
from domain.audit.verification import Verification
from domain.events import Recorded
from projections.audit.verify import Verify
from projections.catalogue import BY_NAME, FOLLOWING, READ_MODELS
from projections.copies import Progress
from projections.follower import Follower, Handler
from projections.following import WriteReadModel
from projections.rebuild import Rebuild
from projections.schema import prepare

NEVER_SECONDS = 10**9
"""The age of a comparison that there never was."""


class House(Access):
    """A process's own: its adapters and use cases, what it prepares and what it follows."""

    def followers(self) -> list[Follower[Any]]:
        """What follows the log: the outbox, the notifier, every following read model, and the audit chain."""
        handlers: list[Handler[Recorded]] = [self.outbox, self.notifier]
        handlers += (WriteReadModel(model) for model in FOLLOWING)
        return [
            *(Follower(self.database_url, self.log, handler) for handler in handlers),
            self.chain_follower(),
        ]

    @cached_property
    def verify(self) -> Verify:
        """What verifies the log and all that follows from it."""
        return Verify(
            self.log,
            self.chain_follower().catch_up,
            self.heads.all,
            self.run_inputs.content,
            self.archives.text,
            READ_MODELS,
            self.snapshots,
        )

    @cached_property
    def snapshots(self) -> PostgresSnapshots:
        """States of long streams, from which commands start."""
        return PostgresSnapshots()

    def verified(self, progress: Progress) -> Verification:
        """What a verification comes to now; one that finds nothing is half of what a restored Ballast waits for."""
        with self.pool.connection() as connection:
            found = self.verify(connection, progress)
        self.verifications.remember(found, self.clock())
        if found.ok:
            self.restored.verified()
        return found

    def prepare_database(self) -> None:
        """Bring the schema up to date; several processes may do so at once. Rebuilds changed read models."""
        with self.pool.connection() as connection:
            make_role(connection)
            migrate(connection)
            grant_again(connection)
            self.pool.keeps_apart = can_take_on(connection)
            stale = prepare(connection, READ_MODELS)
            if stale:
                models = [BY_NAME[name] for name in stale]
                Rebuild(connection, self.log, models).run(lambda step, done, total: None)

    def reseal(self) -> int:
        """Seal with the newest key whatever an older one opens; answers how many secrets that was."""
        stores = (self.broker_keys, self.provider_keys, self.channels, self.second_factors)
        return sum(store.reseal() for store in stores)

    def close(self) -> None:
        """Give everything up that was opened."""
        queue = self.__dict__.pop("queue", None)
        if queue is not None:
            queue.client.connection_pool.disconnect()
        if "issuers_line" in self.__dict__:
            self.issuers_line.close()
        if "tries" in self.__dict__:
            self.tries.close()
        if "callbacks" in self.__dict__:
            self.callbacks.close()
        if "outbound" in self.__dict__:
            self.outbound.close()
        if "reviewers_line" in self.__dict__:
            self.reviewers_line.close()
        if "pool" in self.__dict__:
            self.pool.close()
        if self.traces is not None:
            self.traces.close()

    def reconciliation_age_seconds(self, of: Collection[UUID] | None = None) -> int | None:
        """How long ago the books of the portfolio that waits longest agreed with its broker's; None without brokers.

        Of these portfolios, or of all.
        """
        latest = self.reconciliations.latest_clean()
        connected = (each for each in self.books.connected() if of is None or each in of)
        moments = [latest.get(portfolio_id) for portfolio_id in connected]
        if not moments:
            return None
        now = self.clock()
        return max(int((now - at).total_seconds()) if at else NEVER_SECONDS for at in moments)
