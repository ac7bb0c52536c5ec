"""The use cases, each made of the adapters that it needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from uuid import UUID

import psycopg
import psycopg_pool

from adapters.brokers.alpaca import addresses, updates
from adapters.files.drop_folder import SOURCE as DROPPED
from adapters.files.drop_folder import PriceDropFolder
from adapters.market_data.providers import ProvidersByKind
from adapters.statements.reading import read_statement
from api.http import callback_body
from api.secrets_folder import new_callback_secret
from api.wiring.reviews import Reviews
from application.actions.announce_actions import AnnounceActions
from application.actions.settle_actions import SettleActions
from application.advice.act import ActOnAdvice
from application.advice.advise import Advise
from application.advice.gather import GatherSnapshot
from application.audit.keep_heads import KeepHeads
from application.books.post_entries import PostEntries
from application.books.reverse_entries import ReverseEntries
from application.brake.daily_loss import DailyLossBrake
from application.brake.recall_orders import RecallOrders
from application.connect_broker import ConnectBroker
from application.evaluate_position import EvaluatePosition
from application.evaluate_ticks import EvaluateTicks
from application.imports.import_statements import ImportStatements
from application.imports.listings import FindListings
from application.imports.weigh import Weigh
from application.ingest_prices import IngestPrices
from application.market_data.refresh_prices import RefreshPrices
from application.market_data.set_providers import SetProviders
from application.market_data.take_in_files import TakeInFiles
from application.market_data.take_rates import TakeRates
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.gathering import Gathering
from application.messages.inbox import BookMessages, ReceiveMessage, WaitingMessages
from application.orders.cancel_order import CancelOrder
from application.orders.dispatch import Dispatch
from application.orders.order_reports import OrderReports
from application.orders.resubmit_order import ResubmitOrder
from application.orders.submit_order import SubmitOrder
from application.orders.submit_together import SubmitTogether
from application.outbox import Outbox
from application.policies import ApprovePolicy, DraftPolicy
from application.ports.market_data import Wanted
from application.quality.asked import AskedPrices
from application.quality.lanes import Lanes
from application.quality.settle_quarantine import SettleQuarantine
from application.quality.trading_days import TradingDays
from application.reconciliation.due import due
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from application.registry.instruments import KeepInstruments
from application.registry.listings import KeepListings
from application.registry.symbols import ChangeSymbols
from application.replay import Replay
from application.runs.apply_retention import ApplyRetention
from application.runs.back_up import BackUp
from application.runs.execute_run import ExecuteRun, Work
from application.runs.request_due_runs import RequestDueRuns
from application.runs.request_run import RequestRun
from application.runs.set_schedules import SetSchedules
from application.runs.waiting_runs import WaitingRuns
from application.runs.works import CompareBooks, SettlePortfolio
from application.value_history import ValueHistory
from application.watching.looking import Looking
from application.watching.watch import Watch
from domain.audit.chain import End
from domain.portfolio.posting import Units
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict
from domain.valuation import drawdown
from projections import actions as action_rows
from projections import alerts as alert_rows
from projections import balances
from projections import constituents as constituent_rows
from projections import listings as listing_rows
from projections import orders as order_rows
from projections import portfolios as portfolio_rows
from projections import positions as position_rows
from projections.audit.chain import chain_end


class UseCases(Reviews):
    """What can be done, made when first asked for."""

    @cached_property
    def connect_broker(self) -> ConnectBroker:
        return ConnectBroker(self.ledger, self.keys, self.broker_keys, self.positions_of, new_callback_secret)

    @cached_property
    def post_entries(self) -> PostEntries:
        return PostEntries(self.ledger, self._own_units)

    @cached_property
    def reverse_entries(self) -> ReverseEntries:
        return ReverseEntries(self.ledger, self._own_units)

    @cached_property
    def import_statements(self) -> ImportStatements:
        find_listings = FindListings(self.imported_books, self.keep_listings)
        weigh = Weigh(self.imported_books, find_listings, self.post_entries)
        return ImportStatements(
            self.ledger, read_statement, self.previews, self.imported_books, weigh, self.positions_of
        )

    @cached_property
    def advise(self) -> Advise:
        gather = GatherSnapshot(
            self.prices,
            self.sessions,
            self.fx_rates,
            self._own_holdings,
            self._critical_alerts,
            self._drawdown,
        )
        return Advise(self.ledger, self.archives, self.run_inputs, gather)

    @cached_property
    def value_history(self) -> ValueHistory:
        return ValueHistory(self.pasts, self.prices, self.fx_rates, self.calendar)

    @cached_property
    def act_on_advice(self) -> ActOnAdvice:
        return ActOnAdvice(self.ledger, self.post_entries, self.reverse_entries)

    @cached_property
    def draft_policy(self) -> DraftPolicy:
        return DraftPolicy(self.ledger, self.archives, self.keep_listings)

    @cached_property
    def approve_policy(self) -> ApprovePolicy:
        return ApprovePolicy(self.ledger, self.archives, self.keep_listings)

    @cached_property
    def set_providers(self) -> SetProviders:
        return SetProviders(self.ledger, self.provider_keys)

    @cached_property
    def announce_actions(self) -> AnnounceActions:
        return AnnounceActions(self.ledger, self.sessions)

    @cached_property
    def settle_actions(self) -> SettleActions:
        return SettleActions(self.ledger, self.prices, self.sessions, self.calendar, self.cancel_order)

    @cached_property
    def evaluate_ticks(self) -> EvaluateTicks:
        return EvaluateTicks(
            self.ledger,
            self.prices,
            self.band_watch,
            self.sessions,
            self.settle_actions,
            self.daily_loss_brake,
            self.rulebook,
        )

    @cached_property
    def evaluate_position(self) -> EvaluatePosition:
        asked = AskedPrices(self.prices, self.trading_days)
        return EvaluatePosition(
            self.ledger, self.prices, self.sessions, self.settle_actions, self.daily_loss_brake, asked
        )

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.ledger, Looking(self.prices, self.sessions, self.watched_listings))

    @cached_property
    def daily_loss_brake(self) -> DailyLossBrake:
        return DailyLossBrake(
            self.ledger, self.portfolio_books, self.prices, self.sessions, self.settle_actions
        )

    @cached_property
    def trading_days(self) -> TradingDays:
        return TradingDays(self.sessions)

    @cached_property
    def lanes(self) -> Lanes:
        return Lanes(self.rulebook, self.calendar, self.trading_days)

    @cached_property
    def ingest_prices(self) -> IngestPrices:
        return IngestPrices(self.ledger, self.prices, self.band_watch, self.jobs, self._holders, self.lanes)

    @cached_property
    def settle_quarantine(self) -> SettleQuarantine:
        return SettleQuarantine(
            self.ledger, self.prices, self.quarantine, self.lanes, self.jobs, self._alerted_for
        )

    @cached_property
    def take_in_files(self) -> TakeInFiles:
        folder = PriceDropFolder(self.drop_folder, self._known_listings, self.sessions)
        return TakeInFiles(self.ledger, folder, self.taken_files, self.ingest_prices)

    @cached_property
    def providers(self) -> ProvidersByKind:
        return ProvidersByKind(
            outbound=lambda: self.outbound,
            keys=self.provider_keys,
            broker_keys=self.broker_keys.credentials,
            sessions=self.sessions,
            dropped=partial(self.taken_files.newest, DROPPED),
            look=self.take_in_files,
            alpaca_url=self.alpaca_data_url or addresses.DATA,
            seconds_max=self.provider_seconds_max,
        )

    @cached_property
    def refresh_prices(self) -> RefreshPrices:
        return RefreshPrices(
            self.ledger,
            self.providers,
            self.provider_records,
            self.ingest_prices,
            self.take_rates,
            self.sessions,
            self._watched,
        )

    @cached_property
    def take_rates(self) -> TakeRates:
        return TakeRates(self.ledger, self.fx_rates)

    @cached_property
    def order_reports(self) -> OrderReports:
        return OrderReports(self.ledger)

    @cached_property
    def dispatch(self) -> Dispatch:
        return Dispatch(self.ledger, self.brokers, self.order_reports, self.jobs, self.sending_claims)

    @cached_property
    def resubmit_order(self) -> ResubmitOrder:
        return ResubmitOrder(self.ledger, self.prices, self.dispatch)

    @cached_property
    def submit_order(self) -> SubmitOrder:
        return SubmitOrder(self.ledger, self.prices, self.sessions, self.order_reports, self.dispatch)

    @cached_property
    def submit_together(self) -> SubmitTogether:
        return SubmitTogether(
            self.ledger, self.prices, self.jobs, self.settle_actions, self.submit_order, self.paper
        )

    @cached_property
    def cancel_order(self) -> CancelOrder:
        return CancelOrder(self.ledger, self.brokers, self.dispatch)

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
        translations = {"callback": callback_body.reports, "alpaca": updates.reports}
        whole_accounts = frozenset({"alpaca"})
        return BookMessages(
            self.ledger, self.inbox, self.order_reports, self.jobs, translations, whole_accounts
        )

    @cached_property
    def reconcile(self) -> Reconcile:
        compare = CompareOrders(self.ledger, self.books, self.order_reports, self.dispatch)
        adopt = AdoptExecutions(self.ledger, self.books, self.dispatch)
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
            WaitingRuns(self.asked_runs, self.jobs),
            [RecallOrders(self.jobs, self.recalled_orders), *self.waiting_reviews],
        )

    @cached_property
    def keep_heads(self) -> KeepHeads:
        return KeepHeads(self.heads, self._chain_end, self.clock)

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """What each kind of run does; a kind that is missing cannot be asked for."""
        return {
            **dict.fromkeys(("weekly_review", "monthly", "quarterly", "manual"), self.advise),
            "price_refresh": self.refresh_prices,
            "reconciliation": CompareBooks(self.ledger, self.reconcile),
            "dividends": SettlePortfolio(self.settle_actions, self.positions_of),
            "retention": ApplyRetention(self.ledger, self.leftovers),
            "backup": BackUp(self.backups),
        }

    @cached_property
    def request_run(self) -> RequestRun:
        return RequestRun(self.ledger, self.works)

    @cached_property
    def execute_run(self) -> ExecuteRun:
        passing = (psycopg.OperationalError, psycopg_pool.PoolTimeout)
        return ExecuteRun(
            self.ledger, self.run_locks, self.run_inputs, self.works, self.asked_runs.is_followed, passing
        )

    @cached_property
    def set_schedules(self) -> SetSchedules:
        return SetSchedules(self.ledger, self.cron, self.works)

    @cached_property
    def request_due_runs(self) -> RequestDueRuns:
        return RequestDueRuns(self.ledger, self.schedules, self.cron)

    @cached_property
    def replay(self) -> Replay:
        return Replay(self.ledger, self.prices, self.ingest_prices, self.jobs, self.keep_listings)

    @cached_property
    def keep_instruments(self) -> KeepInstruments:
        return KeepInstruments(self.ledger, self.directory)

    @cached_property
    def keep_listings(self) -> KeepListings:
        return KeepListings(self.ledger, self.directory)

    @cached_property
    def change_symbols(self) -> ChangeSymbols:
        return ChangeSymbols(self.ledger, self.directory, self.sessions)

    def positions_of(self, portfolio_id: UUID) -> Sequence[UUID]:
        """The positions of a portfolio that are not closed."""
        with self.pool.connection() as connection:
            return position_rows.of_portfolio(connection, portfolio_id)

    def live_portfolios(self, owner: str | None = None) -> Sequence[UUID]:
        """The portfolios that are no replays: a person's, or everybody's."""
        with self.pool.connection() as connection:
            return portfolio_rows.live(connection, owner)

    def _known_listings(self) -> Sequence[Wanted]:
        with self.pool.connection() as connection:
            return [Wanted(**row) for row in listing_rows.particulars(connection)]

    def _watched(self, portfolio_id: UUID) -> Sequence[Wanted]:
        with self.pool.connection() as connection:
            watched = constituent_rows.watched_by(connection, portfolio_id)
            return [Wanted(**row) for row in listing_rows.particulars(connection, watched)]

    def _holders(self, feed: str, listing_id: UUID) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return position_rows.portfolios_with(connection, feed, listing_id)

    def _own_units(self, portfolio_id: UUID, listing_ids: Sequence[UUID]) -> Mapping[UUID, Units]:
        with self.pool.connection() as connection:
            return balances.own_units(connection, portfolio_id, listing_ids)

    def _own_holdings(self, portfolio_id: UUID) -> Mapping[UUID, Units]:
        with self.pool.connection() as connection:
            return balances.own_units(connection, portfolio_id)

    def _critical_alerts(self, portfolio_id: UUID) -> Sequence[str]:
        with self.pool.connection() as connection:
            return alert_rows.critical(connection, portfolio_id)

    def _alerted_for(self, listing_id: UUID) -> Sequence[tuple[UUID | None, str]]:
        with self.pool.connection() as connection:
            return alert_rows.open_about(connection, listing_id)

    def _drawdown(self, portfolio: Portfolio, at: datetime) -> Decimal | None:
        return drawdown(self.value_history(portfolio.id, at))

    def _chain_end(self) -> End | None:
        with self.pool.connection() as connection:
            return chain_end(connection)

    def _unreconciled(self) -> Sequence[UUID]:
        return due(self.books.connected(), self.reconciliations.latest(), self.clock())

    def _due_for_actions(self) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            overtaken = action_rows.overtaken(connection)
        return [*dict.fromkeys([*self.settle_actions.waiting(), *overtaken])]

    def recalled_orders(self) -> Sequence[order_rows.Recalled]:
        """Open orders that are to be cancelled, of portfolios that were frozen so."""
        with self.pool.connection() as connection:
            return order_rows.recalled(connection)

    def _waiting(self) -> Sequence[order_rows.Waiting]:
        with self.pool.connection() as connection:
            return order_rows.waiting(connection)
