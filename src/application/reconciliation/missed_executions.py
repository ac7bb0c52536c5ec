"""Book the executions that a broker knows and the books do not: fills that were missed, and trades by others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from application.alerts import Concern
from application.ledger import Cause, Ledger, Transaction
from application.orders.dispatch import Dispatch
from application.orders.find_order import locate, reading
from application.orders.order_reports import ACTOR
from application.ports.broker import Broker, ExecutionAtBroker
from application.reconciliation.books import Books, OurHolding
from application.reconciliation.differences import Findings, concern, finding
from domain.portfolio.state import Portfolio
from domain.position import booking
from domain.refusals import Conflict, NotFound
from domain.streams import POSITION


@dataclass(frozen=True, slots=True)
class AdoptExecutions:
    """The use case with what it needs from outside."""

    ledger: Ledger
    books: Books
    dispatch: Dispatch

    def __call__(
        self,
        portfolio: Portfolio,
        broker: Broker,
        executions: Sequence[ExecutionAtBroker],
        findings: Findings,
    ) -> None:
        """Book what is new among an account's executions, oldest first.

        Of our own orders the broker is asked for the whole: only that shows what a correction has replaced. What
        lacked something that comes after it is booked when the books are compared again, as they are at once.
        """
        booked = self._booked(broker, executions)
        ordered = sorted(executions, key=lambda each: (each.fill.at, each.fill.execution_id))
        missed = [each for each in ordered if each.fill.revision > booked.get(each.fill.execution_id, 0)]
        if not missed:
            return
        ours = [each for each in missed if self._is_ours(each)]
        for client_order_id in dict.fromkeys(each.client_order_id for each in ours):
            with finding(findings, portfolio):
                self.dispatch.look_up(client_order_id or "")
        findings.adopted += len(self._booked(broker, ours).keys() - booked.keys())
        holdings = self.books.holdings(portfolio.id)
        for execution in (each for each in missed if each not in ours):
            is_revised = execution.fill.execution_id in booked
            # By the symbol of its own time, which may be another listing's today.
            traded = (each for each in holdings if each.went_by(execution.symbol, execution.fill.at))
            self._take(portfolio, broker, execution, next(traded, None), findings, is_revised=is_revised)

    def _booked(self, broker: Broker, executions: Sequence[ExecutionAtBroker]) -> Mapping[str, int]:
        ids = [each.fill.execution_id for each in executions]
        return self.books.booked(broker.kind, broker.account, ids)

    def _take(
        self,
        portfolio: Portfolio,
        broker: Broker,
        execution: ExecutionAtBroker,
        holding: OurHolding | None,
        findings: Findings,
        *,
        is_revised: bool,
    ) -> None:
        """Adopt somebody else's trade in what a position trades; any other is only said."""
        if holding is None or holding.position_id is None:
            findings.warnings.append(_untraded(portfolio, execution))
            return
        with finding(findings, portfolio, holding.listing_id, execution.fill.execution_id):
            if is_revised:
                raise Conflict("A trade made at the broker was corrected there; book the difference by hand.")
            self._adopt(broker, execution, holding)
            findings.adopted += 1

    def _adopt(self, broker: Broker, execution: ExecutionAtBroker, holding: OurHolding) -> None:
        position_id = holding.position_id
        if position_id is None:
            raise NotFound("position", execution.symbol)
        run_id = self.ledger.run_id()

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

    def _is_ours(self, execution: ExecutionAtBroker) -> bool:
        if execution.client_order_id is None:
            return False
        try:
            locate(reading(self.ledger), execution.client_order_id)
        except NotFound:
            return False
        return True


def _untraded(portfolio: Portfolio, execution: ExecutionAtBroker) -> Concern:
    traded = f"{execution.side} {execution.fill.quantity} {execution.symbol}"
    message = f"A trade was made at the broker in what no position trades: {traded}."
    return concern(
        portfolio, None, "external_trade", message, severity="WARN", observed=execution.fill.execution_id
    )
