"""The composition root: every object of a process, built once, by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

import psycopg
from dramatiq.brokers.redis import RedisBroker
from pydantic import SecretStr
from uuid_utils.compat import uuid7

from adapters.account_seals import AccountSeals
from adapters.brokers.accounts import BrokerAccounts
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.keys import AlpacaKeys
from adapters.brokers.alpaca.lines import Lines
from adapters.brokers.keys import KeysByKind
from adapters.brokers.paper import PaperBook
from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.postgres.broker_keys import PostgresBrokerKeys
from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.inbox import PostgresInbox
from adapters.postgres.migrate import migrate
from adapters.postgres.pool import Pool, open_pool
from adapters.postgres.prices import PostgresPrices
from adapters.postgres.reconciliations import PostgresReconciliations
from adapters.redis.queue import QueuedJobs, open_queue
from adapters.sealing import Sealer
from api.http import callback_body
from api.secrets_folder import new_callback_secret
from application.action_calendar import ActionCalendar
from application.announce_actions import AnnounceActions
from application.band_watch import BandWatch
from application.callbacks import Answer, Callback, TakeCallbacks
from application.cancel_order import CancelOrder
from application.connect_broker import ConnectBroker
from application.evaluate_position import EvaluatePosition
from application.evaluate_ticks import EvaluateTicks
from application.gathering import Gathering
from application.inbox import BookMessages, ReceiveMessage, WaitingMessages
from application.ingest_prices import IngestPrices
from application.ledger import Ledger
from application.missed_executions import AdoptExecutions
from application.order_at_broker import OrderAtBroker
from application.order_reports import OrderReports
from application.orders_compared import CompareOrders
from application.outbox import Outbox
from application.ports import Clock
from application.reconcile import Reconcile
from application.reconciling import due
from application.replay import Replay
from application.resubmit_order import ResubmitOrder
from application.settle_actions import SettleActions
from application.submit_order import SubmitOrder
from application.submit_together import SubmitTogether
from domain.refusals import Conflict
from projections import actions as action_rows
from projections import listings as listing_rows
from projections import orders as order_rows
from projections import positions as position_rows
from projections.bands import Bands
from projections.broker_books import BrokerBooks
from projections.catalogue import BY_NAME, FOLLOWING, INLINE, READ_MODELS
from projections.follower import Follower, Handler
from projections.following import WriteReadModel
from projections.inline import InlineModels
from projections.rebuild import Rebuild
from projections.schema import prepare

NEVER_SECONDS = 10**9
"""The age of a comparison that there never was."""


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


@dataclass
class House:
    """Everything a process needs, made from two addresses when first asked for."""

    database_url: str
    redis_url: str
    clock: Clock = utc_now
    namespace: str = "ballast"
    sealing_key: Callable[[], SecretStr | None] = lambda: None
    alpaca_addresses: Addresses = field(default_factory=Addresses)

    @cached_property
    def pool(self) -> Pool:
        return open_pool(self.database_url, size_max=20)

    @cached_property
    def log(self) -> PostgresEventLog:
        return PostgresEventLog(self.pool, InlineModels(INLINE))

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.log, self.clock, uuid7)

    @cached_property
    def prices(self) -> PostgresPrices:
        return PostgresPrices(self.pool, self.log)

    @cached_property
    def sessions(self) -> ExchangeSessions:
        return ExchangeSessions()

    @cached_property
    def queue(self) -> RedisBroker:
        return open_queue(self.redis_url, self.namespace)

    @cached_property
    def jobs(self) -> QueuedJobs:
        return QueuedJobs(self.queue)

    @cached_property
    def paper(self) -> PaperBook:
        return PaperBook(self.pool)

    @cached_property
    def brokers(self) -> BrokerAccounts:
        return BrokerAccounts(
            self.paper, self.broker_keys.credentials, self.alpaca_addresses, self.alpaca_lines
        )

    @cached_property
    def alpaca_lines(self) -> Lines:
        return Lines()

    @cached_property
    def broker_keys(self) -> PostgresBrokerKeys:
        return PostgresBrokerKeys(self.pool, self.log, AccountSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def keys(self) -> KeysByKind:
        return KeysByKind({"alpaca": AlpacaKeys(self.alpaca_addresses, self.alpaca_lines).verify})

    @cached_property
    def connect_broker(self) -> ConnectBroker:
        return ConnectBroker(self.ledger, self.keys, self.broker_keys, self.positions_of, new_callback_secret)

    @cached_property
    def band_watch(self) -> BandWatch:
        return BandWatch(Bands(self.pool))

    @cached_property
    def calendar(self) -> ActionCalendar:
        return ActionCalendar(action_rows.Actions(self.pool))

    @cached_property
    def announce_actions(self) -> AnnounceActions:
        return AnnounceActions(self.ledger, self.sessions)

    @cached_property
    def settle_actions(self) -> SettleActions:
        return SettleActions(self.ledger, self.prices, self.sessions, self.calendar, self.cancel_order)

    @cached_property
    def evaluate_ticks(self) -> EvaluateTicks:
        return EvaluateTicks(self.ledger, self.prices, self.band_watch, self.sessions, self.settle_actions)

    @cached_property
    def evaluate_position(self) -> EvaluatePosition:
        return EvaluatePosition(self.ledger, self.prices, self.sessions, self.settle_actions)

    @cached_property
    def ingest_prices(self) -> IngestPrices:
        return IngestPrices(
            self.ledger, self.prices, self.band_watch, self.jobs, self._holders, self.calendar
        )

    @cached_property
    def order_reports(self) -> OrderReports:
        return OrderReports(self.ledger)

    @cached_property
    def order_at_broker(self) -> OrderAtBroker:
        return OrderAtBroker(self.ledger, self.brokers, self.order_reports, self.jobs)

    @cached_property
    def resubmit_order(self) -> ResubmitOrder:
        return ResubmitOrder(self.ledger, self.order_at_broker)

    @cached_property
    def submit_order(self) -> SubmitOrder:
        return SubmitOrder(self.ledger, self.prices, self.sessions, self.order_reports, self.order_at_broker)

    @cached_property
    def submit_together(self) -> SubmitTogether:
        return SubmitTogether(
            self.ledger, self.prices, self.jobs, self.settle_actions, self.submit_order, self.paper
        )

    @cached_property
    def cancel_order(self) -> CancelOrder:
        return CancelOrder(self.ledger, self.brokers, self.order_at_broker)

    @cached_property
    def inbox(self) -> PostgresInbox:
        return PostgresInbox(self.pool)

    @cached_property
    def callbacks(self) -> Gathering[Callback, Answer]:
        """Where callbacks are handed in: those that come together are booked together."""
        # Numbers that the tables refuse are one callback's fault: the others are then booked without it.
        alone = (psycopg.IntegrityError, psycopg.DataError, Conflict)
        return Gathering(TakeCallbacks(self.ledger, self.inbox), alone=alone)

    @cached_property
    def receive_message(self) -> ReceiveMessage:
        return ReceiveMessage(self.ledger, self.inbox, self.jobs)

    @cached_property
    def book_messages(self) -> BookMessages:
        return BookMessages(self.ledger, self.inbox, self.order_reports, {"callback": callback_body.reports})

    @cached_property
    def books(self) -> BrokerBooks:
        return BrokerBooks(self.pool)

    @cached_property
    def reconciliations(self) -> PostgresReconciliations:
        return PostgresReconciliations(self.pool)

    @cached_property
    def reconcile(self) -> Reconcile:
        compare = CompareOrders(self.ledger, self.books, self.order_reports, self.order_at_broker)
        adopt = AdoptExecutions(self.ledger, self.books, self.order_reports)
        return Reconcile(self.ledger, self.brokers, self.books, self.reconciliations, compare, adopt)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(
            self.jobs,
            self.prices,
            self.clock,
            self._waiting,
            self.paper.unreported,
            self._unreconciled,
            self._due_for_actions,
            WaitingMessages(self.inbox, self.jobs),
        )

    @cached_property
    def replay(self) -> Replay:
        return Replay(self.ledger, self.prices, self.ingest_prices, self.jobs, self._find_listing)

    def handlers(self) -> list[Handler]:
        """What follows the log: the outbox and every following read model."""
        return [self.outbox, *(WriteReadModel(model) for model in FOLLOWING)]

    def followers(self) -> list[Follower]:
        """A follower for each handler."""
        return [Follower(self.database_url, self.log, handler) for handler in self.handlers()]

    def prepare_database(self) -> None:
        """Bring the schema up to date; several processes may do so at once. Rebuilds changed read models."""
        with self.pool.connection() as connection:
            migrate(connection)
            stale = prepare(connection, READ_MODELS)
            for name in stale:
                Rebuild(connection, self.log, BY_NAME[name]).run(lambda done, total: None)

    def close(self) -> None:
        """Give everything up that was opened."""
        self.__dict__.pop("queue", None)
        if "callbacks" in self.__dict__:
            self.callbacks.close()
        if "pool" in self.__dict__:
            self.pool.close()

    def positions_of(self, portfolio_id: UUID) -> Sequence[UUID]:
        """The positions of a portfolio that are not closed."""
        with self.pool.connection() as connection:
            return position_rows.of_portfolio(connection, portfolio_id)

    def _holders(self, feed: str, listing_id: UUID) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return position_rows.portfolios_with(connection, feed, listing_id)

    def _find_listing(self, symbol: str, exchange: str) -> UUID | None:
        with self.pool.connection() as connection:
            return listing_rows.by_symbol(connection, symbol, exchange)

    def reconciliation_age_seconds(self) -> int | None:
        """How long ago the books of the portfolio that waits longest agreed with its broker's; None without brokers."""
        latest = self.reconciliations.latest_clean()
        moments = [latest.get(portfolio_id) for portfolio_id in self.books.connected()]
        if not moments:
            return None
        now = self.clock()
        return max(int((now - at).total_seconds()) if at else NEVER_SECONDS for at in moments)

    def _unreconciled(self) -> Sequence[UUID]:
        return due(self.books.connected(), self.reconciliations.latest(), self.clock())

    def _due_for_actions(self) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            overtaken = action_rows.overtaken(connection)
        return [*dict.fromkeys([*self.settle_actions.waiting(), *overtaken])]

    def _waiting(self) -> Sequence[order_rows.Waiting]:
        with self.pool.connection() as connection:
            return order_rows.waiting(connection)
