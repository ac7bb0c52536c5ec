"""The brake of a portfolio: why it stands still, what is done about orders that are out, and who let it go on."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.brake.inputs import DayInputs
from domain.events import ADDED_LATER
from domain.numbers import Exact
from domain.portfolio.events.place import PortfolioEvent


class DailyLossExceeded(PortfolioEvent):
    """It has lost more than it may in a day; the freeze follows. By ``rule`` the ``inputs`` say the same again.

    Money is in the base currency; ``base`` is what the loss is measured against, ``loss_pct`` its share of that.
    """

    name: ClassVar[str] = "portfolio.daily_loss_exceeded.1"

    rule: str
    inputs: DayInputs
    value: Exact
    loss: Exact
    base: Exact
    loss_pct: Exact
    message: str

    def sentence(self) -> str:
        return self.message


class PortfolioFrozen(PortfolioEvent):
    """It stands still until a person lifts the freeze.

    ``listing_id`` is the listing in whose prices something was found; null is any other reason, or that it was not
    kept at first.
    """

    name: ClassVar[str] = "portfolio.frozen.1"

    reason: str
    listing_id: Annotated[UUID | None, ADDED_LATER] = None

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
