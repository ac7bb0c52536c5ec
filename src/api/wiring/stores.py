"""What a process keeps in PostgreSQL and asks of it: the log, what stands beside it, and read models."""

from functools import cached_property

from uuid_utils.compat import uuid7

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
from adapters.seals.account import AccountSeals
from adapters.seals.provider import ProviderSeals
from adapters.seals.sealing import Sealer
from api.wiring.configured import Configured
from application.actions.action_calendar import ActionCalendar
from application.band_watch import BandWatch
from application.ledger import OLDER_ORDERS_MAX, Ledger
from application.quality.rulebook import Rulebook
from application.stream_cache import Cache
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
from projections.runs import AskedRuns
from projections.schedules import Schedules
from projections.watched import WatchedListings


class Stores(Configured):
    """The stores, made when first asked for, of one database."""

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
    def dead_letters(self) -> PostgresDeadLetters:
        return PostgresDeadLetters(self.house_pool)

    @cached_property
    def broker_keys(self) -> PostgresBrokerKeys:
        return PostgresBrokerKeys(self.pool, self.log, AccountSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def provider_keys(self) -> PostgresProviderKeys:
        return PostgresProviderKeys(self.pool, self.log, ProviderSeals(lambda: Sealer(self.sealing_key())))

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
    def leftovers(self) -> PostgresLeftovers:
        return PostgresLeftovers(self.house_pool)

    @cached_property
    def asked_runs(self) -> AskedRuns:
        return AskedRuns(self.house_pool)

    @cached_property
    def schedules(self) -> Schedules:
        return Schedules(self.house_pool, self.house_schedules)

    @cached_property
    def band_watch(self) -> BandWatch:
        return BandWatch(Bands(self.house_pool))

    @cached_property
    def rulebook(self) -> Rulebook:
        return Rulebook(GateRules(self.house_pool))

    @cached_property
    def calendar(self) -> ActionCalendar:
        return ActionCalendar(action_rows.Actions(self.house_pool))
