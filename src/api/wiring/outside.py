"""What a process has to do with the world outside: servers, brokers, calendars, and what is kept of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argon2 import Parameters
from argon2.profiles import RFC_9106_LOW_MEMORY
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Middleware
from pydantic import SecretStr
from uuid_utils.compat import uuid7

from adapters.backups.postgres_backups import PostgresBackups
from adapters.brokers.accounts import BrokerAccounts
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.keys import AlpacaKeys
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.keys import KeysByKind
from adapters.brokers.paper import PaperBook
from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.cron import CronExpressions
from adapters.exports.bucket import StoreSettings
from adapters.files.audit_heads import HeadsFile
from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from adapters.postgres.acting import acting_person
from adapters.postgres.archives import PostgresArchives
from adapters.postgres.broker_keys import PostgresBrokerKeys
from adapters.postgres.dead_letters import PostgresDeadLetters
from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.fx_rates import PostgresFxRates
from adapters.postgres.inbox import PostgresInbox
from adapters.postgres.kept_values import PostgresKeptValues
from adapters.postgres.late_arrivals import PostgresLateArrivals
from adapters.postgres.leftovers import PostgresLeftovers
from adapters.postgres.notification_reads import PostgresReads
from adapters.postgres.pool import HousePool, PostgresPool, open_pool
from adapters.postgres.previews import PostgresPreviews
from adapters.postgres.prices import PostgresPrices
from adapters.postgres.provider_keys import PostgresProviderKeys
from adapters.postgres.provider_records import PostgresProviderRecords
from adapters.postgres.quarantine import PostgresQuarantine
from adapters.postgres.reconciliations import PostgresReconciliations
from adapters.postgres.restorations import PostgresRestorations
from adapters.postgres.runs import PostgresRunInputs, PostgresRunLocks
from adapters.postgres.sending_claims import PostgresSendingClaims
from adapters.postgres.taken_files import PostgresTakenFiles
from adapters.postgres.verifications import PostgresVerifications
from adapters.redis.dead_letters import KeepDeadLetters
from adapters.redis.queue import QueuedJobs, open_queue
from adapters.seals.account import AccountSeals
from adapters.seals.provider import ProviderSeals
from adapters.seals.sealing import Sealer
from api.issuer_settings import IssuerSettings
from api.reviewing import Reviewing
from application.actions.action_calendar import ActionCalendar
from application.band_watch import BandWatch
from application.ledger import OLDER_ORDERS_MAX, Ledger
from application.ports import Clock
from application.ports.broker import Brokers
from application.ports.market_data import PROVIDER_SECONDS_MAX
from application.quality.rulebook import Rulebook
from application.stream_cache import Cache
from domain.exports.destination import Bucket
from domain.runs.kinds import HouseKind
from projections import actions as action_rows
from projections.bands import Bands
from projections.books import PortfolioBooks
from projections.broker_books import BrokerBooks
from projections.catalogue import INLINE
from projections.directory import Directory
from projections.gate_rules import GateRules
from projections.imported_books import ImportedBooks
from projections.inline import InlineModels
from projections.pasts import Pasts
from projections.rebuild import REBUILD_LOCK
from projections.runs import AskedRuns
from projections.schedules import Schedules
from projections.watched import WatchedListings

if TYPE_CHECKING:
    from adapters.traces.traces import Traces


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


NOWHERE = Path("/nowhere/drop")
"""A folder to watch that is not there."""


@dataclass
class Outside:
    """The adapters, made when first asked for, of what is configured."""

    database_url: str
    redis_url: str
    clock: Clock = utc_now
    namespace: str = "ballast"
    sealing_key: Callable[[], SecretStr | None] = lambda: None
    alpaca_addresses: Addresses = field(default_factory=Addresses)
    house_schedules: Mapping[HouseKind, str] = field(default_factory=dict)
    backups_folder: Path = Path("backups")
    backups_kept: int = 14
    heads_file: Path | None = None
    alpaca_data_url: str | None = None
    outbound_policy: AddressPolicy = field(default_factory=AddressPolicy)
    provider_seconds_max: float = PROVIDER_SECONDS_MAX
    drop_folder: Path = NOWHERE
    policies_folder: Path = NOWHERE
    reviewing: Reviewing | None = None
    issuer: IssuerSettings | None = None
    traces: "Traces | None" = None
    password_cost: Parameters = field(default_factory=lambda: RFC_9106_LOW_MEMORY)
    exports_folder: Path = Path("exports")
    exports_kept: timedelta | None = None
    object_store: StoreSettings | None = None
    export_buckets: Sequence[Bucket] | None = None

    @cached_property
    def pool(self) -> PostgresPool:
        return open_pool(self.database_url, size_max=20)

    @cached_property
    def house_pool(self) -> HousePool:
        """For what belongs to nobody, and for what people reach by what their own rows name."""
        return self.pool.of_house

    @cached_property
    def log(self) -> PostgresEventLog:
        return PostgresEventLog(self.pool, self.house_pool, InlineModels(INLINE))

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(
            self.log,
            self.clock,
            uuid7,
            cache=Cache(part=acting_person),
            older_orders=Cache(OLDER_ORDERS_MAX, part=acting_person),
        )

    @cached_property
    def prices(self) -> PostgresPrices:
        return PostgresPrices(self.house_pool, self.log)

    @cached_property
    def quarantine(self) -> PostgresQuarantine:
        return PostgresQuarantine(self.house_pool)

    @cached_property
    def provider_records(self) -> PostgresProviderRecords:
        return PostgresProviderRecords(self.house_pool)

    @cached_property
    def taken_files(self) -> PostgresTakenFiles:
        return PostgresTakenFiles(self.house_pool)

    @cached_property
    def fx_rates(self) -> PostgresFxRates:
        return PostgresFxRates(self.house_pool)

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

    @cached_property
    def dead_letters(self) -> PostgresDeadLetters:
        return PostgresDeadLetters(self.house_pool)

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
    def broker_keys(self) -> PostgresBrokerKeys:
        return PostgresBrokerKeys(self.pool, self.log, AccountSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def provider_keys(self) -> PostgresProviderKeys:
        return PostgresProviderKeys(self.pool, self.log, ProviderSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def keys(self) -> KeysByKind:
        return KeysByKind({"alpaca": AlpacaKeys(self.alpaca_addresses, self.alpaca_lines).verify})

    @cached_property
    def inbox(self) -> PostgresInbox:
        return PostgresInbox(self.house_pool)

    @cached_property
    def previews(self) -> PostgresPreviews:
        return PostgresPreviews(self.pool)

    @cached_property
    def imported_books(self) -> ImportedBooks:
        return ImportedBooks(self.pool)

    @cached_property
    def archives(self) -> PostgresArchives:
        return PostgresArchives(self.house_pool)

    @cached_property
    def books(self) -> BrokerBooks:
        return BrokerBooks(self.house_pool)

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.pool)

    @cached_property
    def watched_listings(self) -> WatchedListings:
        return WatchedListings(self.house_pool)

    @cached_property
    def portfolio_books(self) -> PortfolioBooks:
        return PortfolioBooks(self.pool)

    @cached_property
    def pasts(self) -> Pasts:
        return Pasts(self.pool)

    @cached_property
    def late_arrivals(self) -> PostgresLateArrivals:
        return PostgresLateArrivals(self.house_pool)

    @cached_property
    def kept_values(self) -> PostgresKeptValues:
        return PostgresKeptValues(self.pool)

    @cached_property
    def reconciliations(self) -> PostgresReconciliations:
        return PostgresReconciliations(self.house_pool)

    @cached_property
    def restorations(self) -> PostgresRestorations:
        return PostgresRestorations(self.house_pool)

    @cached_property
    def verifications(self) -> PostgresVerifications:
        return PostgresVerifications(self.house_pool)

    @cached_property
    def sending_claims(self) -> PostgresSendingClaims:
        return PostgresSendingClaims(self.house_pool)

    @cached_property
    def notification_reads(self) -> PostgresReads:
        return PostgresReads(self.pool)

    @cached_property
    def run_locks(self) -> PostgresRunLocks:
        return PostgresRunLocks(self.house_pool)

    @cached_property
    def run_inputs(self) -> PostgresRunInputs:
        return PostgresRunInputs(self.house_pool)

    @cached_property
    def backups(self) -> PostgresBackups:
        return PostgresBackups(self.database_url, self.backups_folder, self.backups_kept, REBUILD_LOCK)

    @cached_property
    def heads(self) -> HeadsFile:
        return HeadsFile(self.heads_file)

    @cached_property
    def leftovers(self) -> PostgresLeftovers:
        return PostgresLeftovers(self.house_pool)

    @cached_property
    def asked_runs(self) -> AskedRuns:
        return AskedRuns(self.house_pool)

    @cached_property
    def schedules(self) -> Schedules:
        return Schedules(self.house_pool, self.house_schedules)

    @cached_property
    def cron(self) -> CronExpressions:
        return CronExpressions()

    @cached_property
    def band_watch(self) -> BandWatch:
        return BandWatch(Bands(self.house_pool))

    @cached_property
    def rulebook(self) -> Rulebook:
        return Rulebook(GateRules(self.house_pool))

    @cached_property
    def calendar(self) -> ActionCalendar:
        return ActionCalendar(action_rows.Actions(self.house_pool))
