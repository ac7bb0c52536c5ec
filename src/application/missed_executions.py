"""Book the executions that a broker knows and the books do not: fills that were missed, and trades by others."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.alerts import Concern
from application.books import Books, OurHolding
from application.broker import Broker, BrokerReport, ExecutionAtBroker
from application.differences import Findings, concern
from application.ledger import Cause, Ledger, Transaction
from application.order_book import locate, reading
from application.order_reports import ACTOR, OrderReports
from domain.portfolio.state import Portfolio
from domain.position import booking
from domain.refusals import Conflict, NotFound, NotYet
from domain.streams import POSITION


@dataclass(frozen=True, slots=True)
class AdoptExecutions:
    """The use case with what it needs from outside."""

    ledger: Ledger
    books: Books
    report: OrderReports

    def __call__(
        self,
        portfolio: Portfolio,
        broker: Broker,
        executions: Sequence[ExecutionAtBroker],
        findings: Findings,
    ) -> None:
        """Book what is new among an account's executions, oldest first."""
        ids = [each.fill.execution_id for each in executions]
        booked = self.books.booked(broker.kind, broker.account, ids)
        ordered = sorted(executions, key=lambda each: (each.fill.at, each.fill.execution_id))
        missed = [each for each in ordered if each.fill.revision > booked.get(each.fill.execution_id, 0)]
        if not missed:
            return
        holdings = {each.symbol: each for each in self.books.holdings(portfolio.id)}
        for execution in missed:
            is_revised = execution.fill.execution_id in booked
            self._book(portfolio, broker, execution, holdings.get(execution.symbol), findings, is_revised)

    def _book(
        self,
        portfolio: Portfolio,
        broker: Broker,
        execution: ExecutionAtBroker,
        holding: OurHolding | None,
        findings: Findings,
        is_revised: bool,  # noqa: FBT001  # private
    ) -> None:
        try:
            if execution.client_order_id is not None and self._is_ours(execution.client_order_id):
                self.report([_report(execution.client_order_id, execution)])
            elif holding is None or holding.position_id is None:
                findings.warnings.append(_untraded(portfolio, execution))
                return
            elif is_revised:
                raise Conflict("A trade made at the broker was corrected there; book the difference by hand.")
            else:
                self._adopt(broker, execution, holding)
            findings.adopted += 1
        except (Conflict, NotYet) as refusal:
            listing_id = holding.listing_id if holding else None
            observed = execution.fill.execution_id
            found = concern(portfolio, listing_id, "execution_unbookable", str(refusal), observed=observed)
            findings.differences.append(found)

    def _adopt(self, broker: Broker, execution: ExecutionAtBroker, holding: OurHolding) -> None:
        position_id = holding.position_id
        if position_id is None:
            raise NotFound("position", execution.symbol)
        run_id = self.ledger.new_id()

        def decide(transaction: Transaction) -> None:
            stream, position = transaction.require(POSITION, position_id)
            adopted = booking.adopt(
                position,
                broker.kind,
                broker.account,
                execution.side,
                execution.fill,
                execution.broker_order_id,
            )
            transaction.append(stream, adopted, at=execution.fill.at)

        self.ledger.transact(Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id), decide)

    def _is_ours(self, client_order_id: str) -> bool:
        try:
            locate(reading(self.ledger), client_order_id)
        except NotFound:
            return False
        return True


def _report(client_order_id: str, execution: ExecutionAtBroker) -> BrokerReport:
    return BrokerReport(
        client_order_id,
        "partial_fill" if execution.fill.revision == 1 else "trade_correct",
        broker_order_id=execution.broker_order_id,
        fill=execution.fill,
        at=execution.fill.at,
    )


def _untraded(portfolio: Portfolio, execution: ExecutionAtBroker) -> Concern:
    traded = f"{execution.side} {execution.fill.quantity} {execution.symbol}"
    message = f"A trade was made at the broker in what no position trades: {traded}."
    return concern(
        portfolio, None, "external_trade", message, severity="WARN", observed=execution.fill.execution_id
    )
