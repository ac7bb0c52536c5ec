"""A position: its settings, its cash, and whether the rule runs. Money is in the currency."""

from typing import Annotated, ClassVar
from uuid import UUID

from domain.events import ADDED_LATER, Event, StreamKind
from domain.numbers import Exact, shortest
from domain.placing.placement import Placement
from domain.settings import SettingsChange


class PositionEvent(Event):
    """An event of a position, with what a reader needs to place it without a look-up."""

    stream_kind: ClassVar[StreamKind] = "position"

    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    currency: str


class PositionOpened(PositionEvent):
    """A position began; shares it brings along are a transfer in kind at the anchor.

    With a ``placement`` it carries out that line of advice and nothing else: its shares are the portfolio's own, at
    what they have cost, and only change their place.
    """

    name: ClassVar[str] = "position.opened.1"

    exchange: str
    quote_unit: str
    lot: Exact
    shares: Exact
    anchor: Exact
    book_cost: Exact
    settings: SettingsChange
    placement: Annotated[Placement | None, ADDED_LATER] = None

    def sentence(self) -> str:
        if self.placement is not None:
            units = f"{self.placement.side} {shortest(self.placement.quantity)} {self.symbol}"
            return f"Set aside what it takes to place the advised order: {units}."
        brought = f"{shortest(self.shares)} shares"
        return f"Opened {self.symbol} with {brought}, anchored at {self.anchor} {self.quote_unit}."


class PositionSettingsChanged(PositionEvent):
    name: ClassVar[str] = "position.settings_changed.1"

    settings: SettingsChange

    def sentence(self) -> str:
        return f"Changed the settings of {self.symbol}: {self.settings.words()}."


class CashAllocated(PositionEvent):
    name: ClassVar[str] = "position.cash_allocated.1"

    amount: Exact

    def sentence(self) -> str:
        return f"Gave {self.symbol} {self.amount} {self.currency} of free cash."


class CashReturned(PositionEvent):
    name: ClassVar[str] = "position.cash_returned.1"

    amount: Exact

    def sentence(self) -> str:
        return f"{self.symbol} gave back {self.amount} {self.currency}."


class PositionSymbolChanged(PositionEvent):
    """The listing goes by another symbol, and events of this position from here on."""

    name: ClassVar[str] = "position.symbol_changed.1"

    former_symbol: str

    def sentence(self) -> str:
        return f"{self.former_symbol} is called {self.symbol} from now on."


class PositionPaused(PositionEvent):
    name: ClassVar[str] = "position.paused.1"

    def sentence(self) -> str:
        return f"Paused {self.symbol}: prices no longer move it."


class PositionResumed(PositionEvent):
    name: ClassVar[str] = "position.resumed.1"

    def sentence(self) -> str:
        return f"Resumed {self.symbol}."


class PositionClosed(PositionEvent):
    """The rule stops; the shares stay in the portfolio as a holding at their book cost."""

    name: ClassVar[str] = "position.closed.1"

    shares: Exact
    book_cost: Exact

    def sentence(self) -> str:
        return f"Closed {self.symbol}; {shortest(self.shares)} shares stay in the portfolio."
