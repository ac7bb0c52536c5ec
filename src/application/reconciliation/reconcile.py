"""Compare a portfolio's books with its broker's: adopt what was missed, say what differs (DOMAIN §3).

Nothing leaves before the first clean comparison. An answer that is empty or fails is never read as "nothing is
there": what the books know and the broker does not mention is asked for by itself, and stays on the books.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

from application.alerts import raise_alert, settle_alert
from application.ledger import Cause, Ledger, Transaction
from application.ports.broker import Brokers, BrokerSilent, Statement
from application.reconciliation.books import Books, Reconciliations
from application.reconciliation.differences import (
    Findings,
    cash_difference,
    finding,
    holding_differences,
    silent,
)
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerConnected
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, NotFound
from domain.streams import PORTFOLIO, POSITION

ACTOR = "ballast:reconciliation"
ATTEMPTS_MAX = 3
OVERLAP = timedelta(days=1)
"""How far before the last clean comparison executions are asked for again: brokers report some late."""


class UnderWay:
    """The portfolios that this process compares just now: a slow broker must not occupy every thread."""

    def __init__(self) -> None:
        self._asked_again: dict[UUID, bool] = {}
        self._lock = Lock()

    def begin(self, portfolio_id: UUID) -> bool:
        """Whether nobody compares it yet; else it is remembered that somebody asked."""
        with self._lock:
            if portfolio_id in self._asked_again:
                self._asked_again[portfolio_id] = True
                return False
            self._asked_again[portfolio_id] = False
            return True

    def is_asked_again(self, portfolio_id: UUID) -> bool:
        """Whether somebody has asked since it began."""
        with self._lock:
            return self._asked_again[portfolio_id]

    def end(self, portfolio_id: UUID) -> None:
        """It is done."""
        with self._lock:
            self._asked_again.pop(portfolio_id, None)


@dataclass(frozen=True, slots=True)
class Reconcile:
    """The use case with what it needs from outside."""

    ledger: Ledger
    brokers: Brokers
    books: Books
    reconciliations: Reconciliations
    compare_orders: CompareOrders
    adopt: AdoptExecutions
    under_way: UnderWay = field(default_factory=UnderWay)

    def __call__(self, portfolio_id: UUID) -> Findings:
        """Compare a portfolio with its broker; on paper there are no other books, which is clean.

        What differs is compared again twice before it counts: a fill between two questions is no difference. Whoever
        asks while this process compares the same books finds nothing, and they are compared once more after it.
        """
        if not self.under_way.begin(portfolio_id):
            return Findings()
        try:
            findings = self._reconcile(portfolio_id)
            return self._reconcile(portfolio_id) if self.under_way.is_asked_again(portfolio_id) else findings
        finally:
            self.under_way.end(portfolio_id)

    def _reconcile(self, portfolio_id: UUID) -> Findings:
        portfolio = self._portfolio(portfolio_id)
        if not portfolio.broker.is_real:
            return Findings()
        began_at = self.ledger.clock()
        self.reconciliations.begin(portfolio_id, began_at)
        findings = Findings()
        for _ in range(ATTEMPTS_MAX):
            findings = Findings(adopted=findings.adopted)
            self._compare(portfolio, findings)
            if findings.clean:
                break
            self._ask_after_latest_orders(portfolio, findings)
        self._conclude(portfolio, findings)
        said = [concern.message for concern in (*findings.differences, *findings.warnings)]
        self.reconciliations.remember(portfolio_id, began_at, clean=findings.clean, found=said)
        return findings

    def require(self, portfolio_id: UUID, reason: str) -> None:
        """Let nothing leave until the next clean comparison."""

        def decide(transaction: Transaction) -> None:
            stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            transaction.append(stream, portfolio_rules.require_reconciliation(portfolio, reason))

        self.ledger.transact(self._cause(), decide)

    def _compare(self, portfolio: Portfolio, findings: Findings) -> None:
        try:
            broker = self.brokers.of(portfolio)
        except Conflict as keyless:  # its keys are not there, or cannot be opened
            findings.differences.append(silent(portfolio, str(keyless).rstrip(".")))
            return
        try:
            statement = broker.statement(self._since(portfolio))
            self.compare_orders(portfolio, broker, statement, findings)
            self.adopt(portfolio, broker, statement.executions, findings)
        except BrokerSilent as error:
            findings.differences.append(silent(portfolio, str(error)))
            return
        self._compare_balances(portfolio, statement, findings)

    def _compare_balances(self, portfolio: Portfolio, statement: Statement, findings: Findings) -> None:
        if statement.holdings is not None:
            holding_differences(portfolio, self.books.holdings(portfolio.id), statement.holdings, findings)
        if statement.cash is not None:
            cash_difference(portfolio, self.books.cash(portfolio.id), statement.cash, findings)

    def _ask_after_latest_orders(self, portfolio: Portfolio, findings: Findings) -> None:
        """Where holdings differ, the latest order may have been executed otherwise than was heard."""
        for position_id in findings.positions_that_differ:
            position = self.ledger.load(POSITION, position_id).state
            if position is None or position.order is None:
                continue
            with finding(findings, portfolio, position.listing_id):
                self.compare_orders.dispatch.look_up(position.order.client_order_id)

    def _conclude(self, portfolio: Portfolio, findings: Findings) -> None:
        """Raise what was found, resolve what no longer is, and let orders leave, or not."""
        found = {(concern.listing_id, concern.rule) for concern in findings.all}
        compared = () if findings.is_silent else Findings.RULES  # nothing was compared with silence
        over = [
            (listing_id, rule)
            for listing_id, rule in self.books.open_alerts(portfolio.id, compared)
            if (listing_id, rule) not in found
        ]

        def decide(transaction: Transaction) -> None:
            stream, state = transaction.require(PORTFOLIO, portfolio.id)
            if state.broker != portfolio.broker:
                return  # the books of another account are none of this one's
            for concern in findings.all:
                raise_alert(transaction, concern)
            for listing_id, rule in over:
                settle_alert(transaction, (portfolio.id, listing_id, rule), "the books agree again")
            if findings.clean and portfolio.reconciled and not state.reconciled:
                return  # doubts have come up since this comparison began; the next one settles them
            if findings.clean:
                agreed = portfolio_rules.reconcile(
                    state, findings.adopted, findings.orders, findings.holdings
                )
                transaction.append(stream, agreed)
            else:
                reason = findings.differences[0].message
                transaction.append(stream, portfolio_rules.require_reconciliation(state, reason))

        self.ledger.transact(self._cause(), decide)

    def _since(self, portfolio: Portfolio) -> datetime:
        """From when executions are asked for: what was traded before the account was connected is not ours."""
        connected = self.ledger.log.newest(portfolio.id, BrokerConnected.name)
        since = connected.metadata.at if connected is not None else datetime.min.replace(tzinfo=UTC)
        last_clean = self.reconciliations.last_clean(portfolio.id)
        return max(since, last_clean - OVERLAP) if last_clean is not None else since

    def _portfolio(self, portfolio_id: UUID) -> Portfolio:
        portfolio = self.ledger.load(PORTFOLIO, portfolio_id).state
        if portfolio is None:
            raise NotFound("portfolio", portfolio_id)
        return portfolio

    def _cause(self) -> Cause:
        run_id = self.ledger.run_id()
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
