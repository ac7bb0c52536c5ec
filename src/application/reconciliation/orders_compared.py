"""Compare open orders with the broker's: what it knows is adopted, what it does not mention is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.ledger import Ledger
from application.orders.dispatch import Dispatch
from application.orders.find_order import Located, locate, reading
from application.orders.order_reports import ENDS, OrderReports
from application.ports.broker import Broker, BrokerOrder, Statement
from application.reconciliation.books import Books, OurOrder
from application.reconciliation.differences import Findings, concern, finding
from domain.order import OrderStatus
from domain.portfolio.state import Portfolio
from domain.refusals import NotFound

UNCERTAIN = (OrderStatus.SUBMITTING, OrderStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class CompareOrders:
    """The use case with what it needs from outside."""

    ledger: Ledger
    books: Books
    report: OrderReports
    dispatch: Dispatch

    def __call__(
        self, portfolio: Portfolio, broker: Broker, statement: Statement, findings: Findings
    ) -> None:
        """Adopt what is known of our open orders, and find those that only one side knows."""
        ours = {order.client_order_id: order for order in self.books.open_orders(portfolio.id)}
        theirs = {order.client_order_id: order for order in statement.open_orders}
        findings.orders = len(ours)
        for client_order_id, order in ours.items():
            with finding(findings, portfolio):
                if client_order_id not in theirs:
                    self._ask(portfolio, order, findings)
                elif order.status in UNCERTAIN:
                    self.report(theirs[client_order_id].reports)
                    findings.adopted += 1
        strays = [order for client_order_id, order in theirs.items() if client_order_id not in ours]
        self._look_at(portfolio, broker, strays, findings)

    def _ask(self, portfolio: Portfolio, order: OurOrder, findings: Findings) -> None:
        """The order may have ended: then the broker says so when asked for it by itself.

        One that is on its way and not there yet is no difference: under the id that it has, the sweep sends it again
        or ends it.
        """
        answered = self.dispatch.look_up(order.client_order_id)
        located = locate(reading(self.ledger), order.client_order_id)
        if not located.order.is_open:
            findings.adopted += 1
            return
        if located.order.status in (OrderStatus.WORKING, OrderStatus.PARTIAL):
            return  # it came, or came back, between the two questions
        if answered and located.order.status is OrderStatus.SUBMITTING:
            return
        symbol, listing_id = located.position.symbol, located.position.listing_id
        findings.differences.append(
            concern(
                portfolio,
                listing_id,
                "order_missing",
                f"The broker does not say what became of the order for {symbol}.",
                observed=None,
                expected=order.client_order_id,
            )
        )

    def _look_at(
        self,
        portfolio: Portfolio,
        broker: Broker,
        strays: Sequence[BrokerOrder],
        findings: Findings,
    ) -> None:
        """Orders that are open at the broker and not on the books: somebody else's, or ours that had ended."""
        for stray in strays:
            located = self._located(stray.client_order_id)
            if located is None:
                message = f"An order for {stray.symbol} at the broker is none of ours."
                found = concern(
                    portfolio, None, "order_stray", message, severity="WARN", observed=stray.broker_order_id
                )
                findings.warnings.append(found)
            elif not located.order.is_open and _is_open(broker.look_up(stray.client_order_id)):
                message = f"The order for {stray.symbol} has ended on the books and is open at the broker."
                found = concern(
                    portfolio,
                    located.position.listing_id,
                    "order_stray",
                    message,
                    observed=stray.broker_order_id,
                    expected=located.order.status.value,
                )
                findings.differences.append(found)

    def _located(self, client_order_id: str) -> Located | None:
        try:
            return locate(reading(self.ledger), client_order_id)
        except NotFound:
            return None


def _is_open(found: BrokerOrder | None) -> bool:
    if found is None:
        return False
    ended = any(report.event in ENDS for report in found.reports)
    filled = sum(report.fill.quantity for report in found.reports if report.fill is not None)
    return not ended and filled < found.quantity
