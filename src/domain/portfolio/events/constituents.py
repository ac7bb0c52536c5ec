"""What a portfolio is made of: its listings, each in a sleeve of the user's own name."""

from collections.abc import Sequence
from typing import ClassVar, Literal
from uuid import UUID

from domain.events import Value
from domain.portfolio.events.place import PortfolioEvent

Role = Literal["invested", "cash_park"]
"""Whether a listing is weighed against the policy's targets, or is where staged cash waits."""


class Constituent(Value):
    """A listing's place in a portfolio. Within a sleeve the lowest ``priority`` is bought first.

    A ``monitored`` one has its prices fetched, and is missed when they do not come.
    """

    listing_id: UUID
    sleeve: str
    role: Role
    priority: int
    monitored: bool


class Named(Value):
    """A listing, and the symbol that it went by then."""

    listing_id: UUID
    symbol: str


class ConstituentsSet(PortfolioEvent):
    """The whole list, in the order of priority, and what of it is new, is gone, or has another place."""

    name: ClassVar[str] = "portfolio.constituents_set.1"

    constituents: tuple[Constituent, ...]
    came: tuple[Named, ...]
    went: tuple[Named, ...]
    changed: tuple[Named, ...]

    def sentence(self) -> str:
        told = (("came", self.came), ("went", self.went), ("changed", self.changed))
        news = [f"{_names(named)} {what}" for what, named in told if named]
        return f"Set {_counted(len(self.constituents))}: {'; '.join(news) or 'in another order'}."


def _counted(number: int) -> str:
    return "1 constituent" if number == 1 else f"{number or 'no'} constituents"


def _names(named: Sequence[Named]) -> str:
    return ", ".join(each.symbol for each in named)
