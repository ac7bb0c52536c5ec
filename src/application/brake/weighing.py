"""Weigh portfolios before the ticks of one batch are decided, so that none decides on a price that should stop it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.brake.daily_loss import DailyLossBrake
from application.ledger import Transaction
from domain.brake.index import BrakeIndex
from domain.price_point import PricePoint
from domain.streams import PORTFOLIO


@dataclass(slots=True)
class Weighing:
    """Live each portfolio is weighed once a batch, at ``now``; in a replay (None) before each tick, at the tick's time.

    ``braked`` counts those that were stopped.
    """

    brake: DailyLossBrake
    index: BrakeIndex
    feed: str
    now: datetime | None
    braked: int = 0
    _weighed: set[UUID] = field(default_factory=set)

    def before(self, transaction: Transaction, tick: PricePoint) -> None:
        """Weigh those that hold what the tick is of, within the transaction that decides on it."""
        for portfolio_id, version in self.index.holders(self.feed, tick.listing_id):
            if self.now is None or portfolio_id not in self._weighed:
                self._weighed.add(portfolio_id)
                stream = transaction.known(PORTFOLIO, portfolio_id, version)
                self.braked += self.brake.within(transaction, stream, self.now or tick.as_of)
