"""What a portfolio's past is valued from."""

from typing import Protocol
from uuid import UUID

from domain.valuation import Past


class Pasts(Protocol):
    """The pasts of portfolios."""

    def of(self, portfolio_id: UUID) -> Past | None:
        """Everything that was booked of a portfolio; None when there is no such portfolio."""
