"""What a person says was executed of a recommendation."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.money import ZERO
from domain.recommendation.events import AdvisedLine, ExecutedLine


@dataclass(frozen=True, slots=True)
class Execution:
    """What was executed of a line: units, at a price in the quote unit, with a fee in the base currency.

    ``number`` is its place among what is told at once, from zero. ``amount`` is what the units came to in the base
    currency; of a listing in another currency nobody else knows.
    """

    number: int
    line_id: UUID
    quantity: Decimal
    price: Decimal
    fee: Decimal = ZERO
    amount: Decimal | None = None
    executed_at: datetime | None = None
    broker_reference: str | None = None

    def names(self, booked: ExecutedLine) -> bool:
        """Whether the broker calls it as it calls one that is booked."""
        return (self.line_id, self.broker_reference) == (booked.line_id, booked.broker_reference)

    def says(self, booked: ExecutedLine) -> bool:
        """Whether it says of that one what is booked; without a time or an amount it may have been any."""
        numbers = (self.quantity, self.price, self.fee)
        return (
            numbers == (booked.quantity, booked.price, booked.fee)
            and self.amount in (None, booked.amount)
            and self.executed_at in (None, booked.executed_at)
        )

    def booked(self, advised: AdvisedLine, entry_id: UUID, at: datetime) -> ExecutedLine:
        """What is recorded of it once it is in the journal."""
        return ExecutedLine(
            line_id=self.line_id,
            action=advised.line.action,
            symbol=advised.line.symbol,
            quantity=self.quantity,
            price=self.price,
            fee=self.fee,
            executed_at=at,
            broker_reference=self.broker_reference,
            entry_id=entry_id,
            amount=self.amount,
        )
