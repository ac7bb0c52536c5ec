"""What can happen to a position. Prices are in the listing's quote unit, money in its currency."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, get_args
from uuid import UUID

from domain.balancing import Decision, DecisionInputs
from domain.events import Event, Instant, StreamKind
from domain.numbers import Exact, shortest
from domain.order import End, OrderType, Side
from domain.settings import SettingsChange

BOUGHT_OR_SOLD = {"BUY": "Bought", "SELL": "Sold"}
BUYING_OR_SELLING = {"BUY": "buying", "SELL": "selling"}


class PositionEvent(Event):
    """An event of a position, with what a reader needs to place it without a look-up."""

    stream_kind: ClassVar[StreamKind] = "position"

    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    currency: str


class PositionOpened(PositionEvent):
    """A position began; shares it brings along are a transfer in kind at the anchor."""

    name: ClassVar[str] = "position.opened.1"

    exchange: str
    quote_unit: str
    lot: Exact
    shares: Exact
    anchor: Exact
    book_cost: Exact
    settings: SettingsChange

    def sentence(self) -> str:
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


class Decided(PositionEvent):
    """A decision that is kept: all its inputs, the rule's version, the outcome and why (DOMAIN §2)."""

    decided_at: Instant
    rule: str
    inputs: DecisionInputs
    outputs: Decision
    message: str

    def sentence(self) -> str:
        return self.message


class OrderIntended(Decided):
    """The rule wants to trade. The client order id is durable from here on, before any call to a broker."""

    name: ClassVar[str] = "position.order_intended.1"

    order_id: UUID
    client_order_id: str
    side: Side
    type: OrderType
    quantity: Exact


class Skipped(Decided):
    """The rule wanted to trade and must not; ``outputs.reason`` says why."""

    name: ClassVar[str] = "position.skipped.1"


class OrderEvent(PositionEvent):
    """An event of one order of a position."""

    order_id: UUID
    client_order_id: str
    side: Side


class OrderSubmitted(OrderEvent):
    """The order is about to be sent: from here it may exist at the broker."""

    name: ClassVar[str] = "position.order_submitted.1"

    broker: str
    account: str
    quantity: Exact
    trading_day: date

    def sentence(self) -> str:
        return f"Sending the order to {self.broker}: {self.side} {shortest(self.quantity)} {self.symbol}."


class OrderAccepted(OrderEvent):
    name: ClassVar[str] = "position.order_accepted.1"

    broker_order_id: str
    quantity: Exact

    def sentence(self) -> str:
        return f"The broker accepted {BUYING_OR_SELLING[self.side]} {shortest(self.quantity)} {self.symbol}."


class ExecutionBooked(OrderEvent):
    """A fill, with the money it moved. ``book_cost`` is what a buy adds and a sale releases."""

    name: ClassVar[str] = "position.execution_booked.1"

    execution_id: str
    revision: int
    executed_at: Instant
    quantity: Exact
    price: Exact
    notional: Exact
    commission: Exact
    book_cost: Exact
    decided_price: Exact
    filled: Exact
    ordered: Exact

    def sentence(self) -> str:
        distance = (self.price - self.decided_price) / self.decided_price * 100
        against = "as decided" if not distance else f"{_signed(distance)} % against the decision"
        done = f" ({shortest(self.filled)} of {shortest(self.ordered)} filled)"
        part = "" if self.filled == self.ordered else done
        traded = f"{BOUGHT_OR_SOLD[self.side]} {shortest(self.quantity)} {self.symbol} at {self.price}"
        return f"{traded}, {against}{part}; {self.notional} {self.currency}, commission {self.commission}."


class OrderEnded(OrderEvent):
    """The order reached one of its ends; ``filled`` and ``average_price`` are what it achieved."""

    name: ClassVar[str] = "position.order_ended.1"

    status: End
    reason: str | None
    quantity: Exact
    filled: Exact
    average_price: Exact | None

    def sentence(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        order = f"The order to {self.side.lower()} {shortest(self.quantity)} {self.symbol}"
        return f"{order} ended {self.status.value}{why}: {shortest(self.filled)} filled."


class AnchorMoved(PositionEvent):
    """The anchor follows the volume-weighted fill price of an order that ended."""

    name: ClassVar[str] = "position.anchor_moved.1"

    order_id: UUID
    old_anchor: Exact
    new_anchor: Exact

    def sentence(self) -> str:
        return f"Moved the anchor of {self.symbol} from {self.old_anchor} to {self.new_anchor}."


AnyPositionEvent = (
    PositionOpened
    | PositionSettingsChanged
    | CashAllocated
    | CashReturned
    | PositionPaused
    | PositionResumed
    | PositionClosed
    | OrderIntended
    | Skipped
    | OrderSubmitted
    | OrderAccepted
    | ExecutionBooked
    | OrderEnded
    | AnchorMoved
)

POSITION_EVENTS: tuple[type[PositionEvent], ...] = get_args(AnyPositionEvent)


def _signed(percent: Decimal) -> str:
    return f"{percent:+.2f}"
