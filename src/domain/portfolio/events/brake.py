"""The brake of a portfolio: why it stands still, what is done about orders that are out, and who let it go on."""

from typing import ClassVar

from domain.portfolio.events.place import PortfolioEvent


class PortfolioFrozen(PortfolioEvent):
    name: ClassVar[str] = "portfolio.frozen.1"

    reason: str

    def sentence(self) -> str:
        return f"Froze the portfolio: {self.reason}"


class FreezeReasonAdded(PortfolioEvent):
    """Something else than the first reason keeps a frozen portfolio frozen; whoever lifts it reads all of them."""

    name: ClassVar[str] = "portfolio.freeze_reason_added.1"

    reason: str

    def sentence(self) -> str:
        return f"Another reason to stay frozen: {self.reason}"


class OrdersRecalled(PortfolioEvent):
    """While the freeze lasts, brokers are asked to cancel whatever order of the portfolio is open."""

    name: ClassVar[str] = "portfolio.orders_recalled.1"

    reason: str

    def sentence(self) -> str:
        return f"Every open order is to be cancelled: {self.reason}"


class PortfolioUnfrozen(PortfolioEvent):
    name: ClassVar[str] = "portfolio.unfrozen.1"

    reason: str

    def sentence(self) -> str:
        return f"Lifted the freeze: {self.reason}"
