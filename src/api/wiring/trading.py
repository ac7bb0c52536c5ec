"""What decides, and what goes to brokers and comes back from them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from uuid import UUID

import psycopg

from adapters.brokers.alpaca import updates
from api.http import callback_body
from api.secrets_folder import new_callback_secret
from api.wiring.pricing import Pricing
from application.actions.announce_actions import AnnounceActions
from application.actions.own_dividends import OwnDividends
from application.actions.own_pasts import OwnPasts
from application.actions.settle_actions import SettleActions
from application.actions.settle_own_units import SettleOwnUnits
from application.actions.waiting_own_units import WaitingOwnUnits
from application.books.units_below_zero import BELOW_ZERO, BelowZero, StopUnitsBelowZero
from application.brake.daily_loss import DailyLossBrake
from application.connect_broker import ConnectBroker
from application.evaluate_position import EvaluatePosition
from application.evaluate_ticks import EvaluateTicks
from application.messages.callbacks import Answer, Callback, TakeCallbacks
from application.messages.gathering import Gathering
from application.messages.inbox import BookMessages, ReceiveMessage
from application.orders.cancel_order import CancelOrder
from application.orders.dispatch import Dispatch
from application.orders.order_reports import OrderReports
from application.orders.resubmit_order import ResubmitOrder
from application.orders.submit_order import SubmitOrder
from application.orders.submit_together import SubmitTogether
from application.quality.asked import AskedPrices
from application.reconciliation.due import due
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from application.replay import Replay
from domain.actions import Due
from domain.portfolio.units import Units
from domain.refusals import Conflict
from projections import actions as action_rows
from projections import alerts as alert_rows
from projections import balances
from projections import orders as order_rows
from projections import own_actions as own_action_rows
from projections import positions as position_rows


class Trading(Pricing):
    """Decisions, orders, and what brokers say of them."""

    @cached_property
    def connect_broker(self) -> ConnectBroker:
        return ConnectBroker(self.ledger, self.keys, self.broker_keys, self.positions_of, new_callback_secret)

    @cached_property
    def announce_actions(self) -> AnnounceActions:
        return AnnounceActions(self.ledger, self.sessions)

    @cached_property
    def settle_actions(self) -> SettleActions:
        return SettleActions(self.ledger, self.prices, self.sessions, self.calendar, self.cancel_order)

    @cached_property
    def settle_own_units(self) -> SettleOwnUnits:
        return SettleOwnUnits(
            self.ledger,
            self.prices,
            self.own_units,
            OwnPasts(self._own_positions_in, self._merged_into),
            OwnDividends(self.sessions),
            self._own_units_due,
        )

    @cached_property
    def stop_units_below_zero(self) -> StopUnitsBelowZero:
        return StopUnitsBelowZero(self.ledger, self._units_below_zero, self._called_to_units)

    @cached_property
    def waiting_own_units(self) -> WaitingOwnUnits:
        return WaitingOwnUnits(self.jobs, self.calendar, self._due_for_own_units)

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
    def daily_loss_brake(self) -> DailyLossBrake:
        return DailyLossBrake(
            self.ledger, self.portfolio_books, self.prices, self.sessions, self.settle_actions
        )

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
        return SubmitOrder(
            self.ledger, self.prices, self.sessions, self.settle_actions, self.order_reports, self.dispatch
        )

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
    def replay(self) -> Replay:
        return Replay(self.ledger, self.prices, self.ingest_prices, self.jobs, self.keep_listings)

    def positions_of(self, portfolio_id: UUID) -> Sequence[UUID]:
        """The positions of a portfolio that are not closed."""
        with self.pool.connection() as connection:
            return position_rows.of_portfolio(connection, portfolio_id)

    def _unreconciled(self) -> Sequence[UUID]:
        return due(self.books.connected(), self.reconciliations.latest(), self.clock())

    def _due_for_actions(self) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            overtaken = action_rows.overtaken(connection)
        return [*dict.fromkeys([*self.settle_actions.waiting(), *overtaken])]

    def own_units(self, portfolio_id: UUID, listing_ids: Sequence[UUID]) -> Mapping[UUID, Units]:
        """What a portfolio holds of some listings outside of its positions."""
        with self.pool.connection() as connection:
            return balances.own_units(connection, portfolio_id, listing_ids)

    def own_holdings(self, portfolio_id: UUID) -> Mapping[UUID, Units]:
        """Everything that a portfolio holds outside of its positions."""
        with self.pool.connection() as connection:
            return balances.own_units(connection, portfolio_id)

    def _units_below_zero(self, portfolio_id: UUID | None) -> Sequence[BelowZero]:
        with self.pool.connection() as connection:
            return [BelowZero(**row) for row in balances.below_zero(connection, portfolio_id)]

    def _called_to_units(self, portfolio_id: UUID | None) -> Sequence[tuple[UUID, UUID]]:
        with self.pool.connection() as connection:
            return alert_rows.open_of_rule(connection, BELOW_ZERO, portfolio_id)

    def _own_positions_in(self, portfolio_id: UUID, listing_id: UUID) -> Sequence[tuple[UUID, bool]]:
        with self.pool.connection() as connection:
            return own_action_rows.positions_in(connection, portfolio_id, listing_id)

    def _merged_into(self, listing_id: UUID) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return own_action_rows.merged_into(connection, listing_id)

    def _own_units_due(self, portfolio_id: UUID) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return own_action_rows.due_in(connection, portfolio_id, self.ledger.clock())

    def _due_for_own_units(self, due: Due) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return own_action_rows.waiting(connection, due)

    def recalled_orders(self) -> Sequence[order_rows.Recalled]:
        """Open orders that are to be cancelled, of portfolios that were frozen so."""
        with self.pool.connection() as connection:
            return order_rows.recalled(connection)

    def _waiting(self, after: int, limit: int) -> Sequence[tuple[int, order_rows.Waiting]]:
        with self.pool.connection() as connection:
            return order_rows.waiting(connection, after, limit)
