"""Which recommendations of a portfolio are open, and which triggers they have used up."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from domain.allocation.snapshot import Kind
from domain.money import ZERO
from domain.numbers import Exact, shortest
from domain.portfolio.events.place import PortfolioEvent


class AdviceEvent(PortfolioEvent):
    recommendation_id: UUID


class AdviceOpened(AdviceEvent):
    """A run proposed something; the triggers behind it are recommended, and fire no second time meanwhile."""

    name: ClassVar[str] = "portfolio.advice_opened.1"

    kind: Kind
    triggers: tuple[str, ...]

    def sentence(self) -> str:
        behind = f" Used for it: {', '.join(self.triggers)}." if self.triggers else ""
        return f"A {self.kind.replace('_', ' ')} run has advice.{behind}"


class TriggersConsumed(AdviceEvent):
    """The first line of these triggers was executed: they are used up."""

    name: ClassVar[str] = "portfolio.triggers_consumed.1"

    triggers: tuple[str, ...]

    def sentence(self) -> str:
        return f"Used up for good: {', '.join(self.triggers)}."


class AdviceClosed(AdviceEvent):
    """A recommendation is over. ``released`` triggers are available again."""

    name: ClassVar[str] = "portfolio.advice_closed.1"

    released: tuple[str, ...]

    def sentence(self) -> str:
        free = f" Available again: {', '.join(self.released)}." if self.released else ""
        return f"A recommendation is over.{free}"


class UnitsSetAside(PortfolioEvent):
    """Units outside of positions went to one that sells them as advised; what it does not sell comes back."""

    name: ClassVar[str] = "portfolio.units_set_aside.1"

    position_id: UUID
    listing_id: UUID
    symbol: str
    quantity: Exact
    book_cost: Exact

    def sentence(self) -> str:
        return f"Set {shortest(self.quantity)} {self.symbol} aside, to sell them as advised."


class UnitsTraded(PortfolioEvent):
    """Units outside of positions were bought or sold as advised; below zero they were sold.

    The journal has them by the executions of the position that did it.
    """

    name: ClassVar[str] = "portfolio.units_traded.1"

    position_id: UUID
    order_id: UUID
    listing_id: UUID
    symbol: str
    quantity: Exact

    def units_of(self, listing_id: UUID) -> Decimal:
        """The units of a listing that it moves."""
        return self.quantity if self.listing_id == listing_id else ZERO

    def sentence(self) -> str:
        traded = "Bought" if self.quantity > 0 else "Sold"
        return f"{traded} {shortest(abs(self.quantity))} {self.symbol} as advised."


class TriggersReleased(PortfolioEvent):
    """A person made triggers available again."""

    name: ClassVar[str] = "portfolio.triggers_released.1"

    triggers: tuple[str, ...]
    reason: str

    def sentence(self) -> str:
        return f"Made available again: {', '.join(self.triggers)}. {self.reason}"
