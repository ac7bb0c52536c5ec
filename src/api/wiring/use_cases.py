"""Books, imports, strategies, advice and runs, and the outbox, made of what trades and prices."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from uuid import UUID

import psycopg
import psycopg_pool

from adapters.files.policy_folder import FolderOfPolicies
from adapters.postgres.policy_files import PostgresPolicyFiles
from adapters.statements.reading import read_statement
from api.wiring.exporting import Exporting
from application.advice.act import ActOnAdvice
from application.advice.advise import Advise
from application.advice.before_advice import BeforeAdvice
from application.advice.gather import GatherSnapshot
from application.audit.keep_heads import KeepHeads
from application.books.post_entries import PostEntries
from application.books.reverse_entries import ReverseEntries
from application.brake.recall_orders import RecallOrders
from application.declare_account_gone import DeclareAccountGone
from application.imports.import_statements import ImportStatements
from application.imports.listings import FindListings
from application.imports.weigh import Weigh
from application.in_turns import InTurns
from application.load_policy_files import LoadPolicyFiles
from application.messages.inbox import WaitingMessages
from application.outbox import ORDERS_LOOKED_AT_MAX, Outbox
from application.placing.place import PlaceAdvice
from application.placing.trial import TryLine
from application.placing.waiting_advice import WaitingAdvice
from application.policies import ApprovePolicy, DraftPolicy, KnownPolicies
from application.restored import Restored
from application.runs.apply_retention import ApplyRetention
from application.runs.back_up import BackUp
from application.runs.execute_run import Decision, ExecuteRun, Work
from application.runs.request_due_runs import RequestDueRuns
from application.runs.request_run import RequestRun
from application.runs.set_schedules import SetSchedules
from application.runs.waiting_runs import WaitingRuns
from application.runs.works import CompareBooks, SettlePortfolio
from application.settle_dead_letters import SettleDeadLetters
from application.value_history import ValueHistory
from domain.audit.chain import End
from domain.portfolio.state import Portfolio
from projections import alerts as alert_rows
from projections import portfolios as portfolio_rows
from projections import recommendations as recommendation_rows
from projections.audit.chain import chain_end


class UseCases(Exporting):
    """Everything that can be done, made when first asked for."""

    @cached_property
    def post_entries(self) -> PostEntries:
        return PostEntries(self.ledger, self.own_units, self.imported_books.traded)

    @cached_property
    def reverse_entries(self) -> ReverseEntries:
        return ReverseEntries(self.ledger, self.own_units)

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
            self.own_holdings,
            self._critical_alerts,
            self._drawdown,
        )
        return Advise(KnownPolicies(self.archives), self.run_inputs, gather)

    @cached_property
    def value_history(self) -> ValueHistory:
        return ValueHistory(
            self.pasts, self.prices, self.fx_rates, self.calendar, self.late_arrivals, self.kept_values
        )

    @cached_property
    def act_on_advice(self) -> ActOnAdvice:
        return ActOnAdvice(
            self.ledger,
            self.post_entries,
            self.reverse_entries,
            self.own_units,
            self.imported_books.traded,
        )

    @cached_property
    def place_advice(self) -> PlaceAdvice:
        try_line = TryLine(self.prices, self.sessions, KnownPolicies(self.archives))
        return PlaceAdvice(self.ledger, self.own_units, try_line)

    @cached_property
    def draft_policy(self) -> DraftPolicy:
        return DraftPolicy(self.ledger, self.archives, self.keep_listings)

    @cached_property
    def load_policy_files(self) -> LoadPolicyFiles:
        folder = FolderOfPolicies(self.policies_folder)
        return LoadPolicyFiles(self.ledger, folder, PostgresPolicyFiles(self.house_pool), self.draft_policy)

    @cached_property
    def approve_policy(self) -> ApprovePolicy:
        return ApprovePolicy(self.ledger, self.archives, self.keep_listings)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(
            self.jobs,
            self.prices,
            self.clock,
            InTurns(self._waiting, ORDERS_LOOKED_AT_MAX),
            self.paper.unreported,
            self._unreconciled,
            self._due_for_actions,
            WaitingMessages(self.inbox, self.jobs),
            WaitingRuns(self.asked_runs, self.jobs),
            WaitingAdvice(self.jobs, self._placing_advice),
            [RecallOrders(self.jobs, self.recalled_orders), self.waiting_own_units, *self.waiting_reviews],
        )

    @cached_property
    def keep_heads(self) -> KeepHeads:
        return KeepHeads(self.heads, self._chain_end, self.clock)

    @cached_property
    def works(self) -> Mapping[str, Work | Decision]:
        """What each kind of run does; a kind that is missing cannot be asked for."""
        advise = Decision(self.advise, BeforeAdvice(self.settle_own_units, self.stop_units_below_zero))
        return {
            **dict.fromkeys(("weekly_review", "monthly", "quarterly", "manual"), advise),
            "price_refresh": self.refresh_prices,
            "reconciliation": CompareBooks(self.ledger, self.reconcile),
            "dividends": SettlePortfolio(self.settle_actions, self.settle_own_units, self.positions_of),
            "retention": ApplyRetention(self.ledger, self.leftovers, self.retire_exports),
            "backup": BackUp(self.backups),
            "export": lambda run: self.write_export(run),  # noqa: PLW0108  # made when one is written
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
    def settle_dead_letters(self) -> SettleDeadLetters:
        return SettleDeadLetters(self.dead_letters, self.jobs.again, self.clock)

    @cached_property
    def restored(self) -> Restored:
        return Restored(
            self.restorations,
            lambda: [*self.books.connected()],
            self.reconciliations.latest_clean,
            self.clock,
        )

    @cached_property
    def declare_account_gone(self) -> DeclareAccountGone:
        return DeclareAccountGone(
            self.ledger, self.broker_keys, self.brokers, self.positions_of, self.restored
        )

    @cached_property
    def set_schedules(self) -> SetSchedules:
        return SetSchedules(self.ledger, self.cron, self.works)

    @cached_property
    def request_due_runs(self) -> RequestDueRuns:
        return RequestDueRuns(self.ledger, self.schedules, self.cron)

    def live_portfolios(self, member: str | None = None) -> Sequence[UUID]:
        """The portfolios that are no replays: a person's, or everybody's."""
        with self.pool.connection() as connection:
            return portfolio_rows.live(connection, member)

    def _placing_advice(self) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return recommendation_rows.placing(connection)

    def _critical_alerts(self, portfolio_id: UUID) -> Sequence[str]:
        with self.pool.connection() as connection:
            return alert_rows.critical(connection, portfolio_id)

    def _drawdown(self, portfolio: Portfolio, at: datetime) -> Decimal | None:
        return self.value_history.drawdown(portfolio.id, at)

    def _chain_end(self) -> End | None:
        with self.pool.connection() as connection:
            return chain_end(connection)
