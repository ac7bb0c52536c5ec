"""Who may see and act on a portfolio beside the person who opened it."""

from typing import ClassVar

from domain.portfolio.events.place import PortfolioEvent


class MemberAdded(PortfolioEvent):
    """``member`` is a person's id: no event says a name or an address."""

    name: ClassVar[str] = "portfolio.member_added.1"

    member: str

    def sentence(self) -> str:
        return f"Let {self.member} see the portfolio and act on it."


class MemberRemoved(PortfolioEvent):
    name: ClassVar[str] = "portfolio.member_removed.1"

    member: str

    def sentence(self) -> str:
        return f"Removed {self.member} from the portfolio's members."
