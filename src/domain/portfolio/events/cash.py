"""Free cash of a portfolio, coming and going. Amounts are in its base currency."""

from typing import ClassVar, Literal
from uuid import UUID

from domain.numbers import Exact
from domain.portfolio.events.place import PortfolioEvent

DepositKind = Literal["deposit", "contribution"]


class CashDeposited(PortfolioEvent):
    name: ClassVar[str] = "portfolio.cash_deposited.1"

    kind: DepositKind
    amount: Exact

    def sentence(self) -> str:
        return f"{self.kind.capitalize()} of {self.amount} {self.currency}."


class CashWithdrawn(PortfolioEvent):
    name: ClassVar[str] = "portfolio.cash_withdrawn.1"

    amount: Exact

    def sentence(self) -> str:
        return f"Withdrew {self.amount} {self.currency}."


class CashLent(PortfolioEvent):
    """Free cash went to a position's own bucket; the position's ``cash_allocated`` books it."""

    name: ClassVar[str] = "portfolio.cash_allocated.1"

    position_id: UUID
    symbol: str
    amount: Exact

    def sentence(self) -> str:
        return f"Set {self.amount} {self.currency} of free cash aside for {self.symbol}."


class CashTakenBack(PortfolioEvent):
    """A position's cash came back; the position's ``cash_returned`` books it."""

    name: ClassVar[str] = "portfolio.cash_returned.1"

    position_id: UUID
    symbol: str
    amount: Exact

    def sentence(self) -> str:
        return f"Took {self.amount} {self.currency} back from {self.symbol}."
