"""Declare that a restored portfolio's account at its broker is gone for good: it is kept, and never trades again.

Without this a Ballast whose backup names an account that nobody can be asked about stays read only for ever (ADR 45).
"""

from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.placing.settle import settle_placement
from application.portfolios import PositionsOf
from application.ports import Batch
from application.ports.broker import Brokers, BrokerSilent
from application.ports.keys import KeyStore
from application.restored import Restored
from domain.order import OrderStatus
from domain.portfolio import decide as rules
from domain.portfolio.state import Portfolio
from domain.position import ordering
from domain.refusals import Conflict, NotFound
from domain.streams import PORTFOLIO, POSITION

FATE = "its account at the broker is gone, and what became of it is not known"


@dataclass(frozen=True, slots=True)
class DeclareAccountGone:
    """The use case with what it needs from outside."""

    ledger: Ledger
    store: KeyStore
    brokers: Brokers
    positions_of: PositionsOf
    restored: Restored

    def __call__(
        self, cause: Cause, portfolio_id: UUID, reason: str, confirmation: str
    ) -> Outcome[Portfolio]:
        """Keep the portfolio as its books are, frozen for good, on paper and without keys; its open orders end.

        Raises NotFound, Invalid without a reason or the portfolio's name typed, and Conflict where nothing waits for
        the account, and while its broker answers: then it is not gone.
        """
        state = self.ledger.load(PORTFOLIO, portfolio_id).state
        if state is None:
            raise NotFound("portfolio", portfolio_id)
        # What can be refused is, before anybody is asked.
        rules.declare_account_gone(state, reason, confirmation)
        waiting = self.restored.waiting()
        if waiting is None or portfolio_id not in waiting.not_compared:
            raise Conflict(
                "Nothing waits for this account to be compared; leave it by connecting another broker."
            )
        if self._answers(state):
            raise Conflict(
                "The broker answers for this account, so it is not gone; it is compared, not left."
            )

        def decide(transaction: Transaction) -> Portfolio:
            stream, state = transaction.require(PORTFOLIO, portfolio_id)
            for position_id in self.positions_of(portfolio_id):
                self._end_order(transaction, position_id)
            return transaction.append(stream, rules.declare_account_gone(state, reason, confirmation))

        def append(batch: Batch, _: Portfolio) -> int:
            return self.store.forget(portfolio_id, batch)

        return self.ledger.transact(cause, decide, append)

    def _answers(self, portfolio: Portfolio) -> bool:
        """Whether the broker tells of the account's books, with the keys that are here."""
        try:
            self.brokers.of(portfolio).statement(self.ledger.clock())
        except (Conflict, BrokerSilent):  # Conflict: its keys are not there, or cannot be opened
            return False
        return True

    def _end_order(self, transaction: Transaction, position_id: UUID) -> None:
        stream, position = transaction.require(POSITION, position_id)
        if position.order is not None and position.order.is_open:
            transaction.append(stream, ordering.end(position, position.order, OrderStatus.CANCELED, FATE))
            settle_placement(transaction, position_id)
