"""What a process has to do with the world outside its database: queue, brokers, calendars, backups."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Middleware

from adapters.backups.postgres_backups import PostgresBackups
from adapters.brokers.accounts import BrokerAccounts
from adapters.brokers.alpaca.keys import AlpacaKeys
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.keys import KeysByKind
from adapters.brokers.paper import PaperBook
from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.cron import CronExpressions
from adapters.files.audit_heads import HeadsFile
from adapters.outbound.client import Outbound
from adapters.redis.dead_letters import KeepDeadLetters
from adapters.redis.queue import QueuedJobs, open_queue
from api.wiring.stores import Stores
from application.ports.broker import Brokers
from projections.rebuild import REBUILD_LOCK

if TYPE_CHECKING:
    from adapters.traces.traces import Traces


class Outside(Stores):
    """The adapters, made when first asked for, of what is configured."""

    @cached_property
    def sessions(self) -> ExchangeSessions:
        return ExchangeSessions()

    @cached_property
    def queue(self) -> RedisBroker:
        also: list[Middleware] = [KeepDeadLetters(self._keep_dead_letter)]
        if self.traces is not None:
            from adapters.traces.jobs import TracedJobs  # see adapters.traces

            also.insert(0, TracedJobs(self.traces))
        return open_queue(self.redis_url, self.namespace, *also)

    def _keep_dead_letter(self, job: str, arguments: Sequence[Any], error: str) -> None:
        self.dead_letters.keep(self.ledger.new_id(), job, arguments, error, self.clock())

    @cached_property
    def jobs(self) -> QueuedJobs:
        return QueuedJobs(self.queue, lambda: None if self.traces is None else self.traces.header())

    @cached_property
    def paper(self) -> PaperBook:
        return PaperBook(self.house_pool)

    @cached_property
    def brokers(self) -> Brokers:
        accounts = BrokerAccounts(
            self.paper, self.broker_keys.credentials, self.alpaca_addresses, self.alpaca_lines
        )
        return accounts if self.traces is None else self._traced(accounts, self.traces)

    def _traced(self, brokers: Brokers, traces: "Traces") -> Brokers:
        from adapters.traces.brokers import TracedBrokers  # see adapters.traces

        return TracedBrokers(brokers, traces)

    @cached_property
    def alpaca_lines(self) -> Lines:
        return Lines()

    @cached_property
    def outbound(self) -> Outbound:
        return Outbound(self.outbound_policy)

    @cached_property
    def keys(self) -> KeysByKind:
        return KeysByKind({"alpaca": AlpacaKeys(self.alpaca_addresses, self.alpaca_lines).verify})

    @cached_property
    def backups(self) -> PostgresBackups:
        return PostgresBackups(self.database_url, self.backups_folder, self.backups_kept, REBUILD_LOCK)

    @cached_property
    def heads(self) -> HeadsFile:
        return HeadsFile(self.heads_file)

    @cached_property
    def cron(self) -> CronExpressions:
        return CronExpressions()
