"""The people at the broker: what a test has them do with orders, and what the stream tells of it."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import uuid4

from alpaca_server import wire
from alpaca_server.book import Book
from alpaca_server.orders import Execution, NotPossible, Order, Side

Amount = Decimal | str | int

MOVES = frozenset(
    {"accepted", "calculated", "canceled", "done_for_day", "expired", "held", "new", "pending_cancel"}
    | {"pending_new", "pending_replace", "rejected", "replaced", "stopped", "suspended"}
)
"""The events that give an order the status of their name."""


class Desk:
    """Accepts orders and does nothing more with them, until a test says so or ``auto_fill`` is on."""

    def __init__(self, book: Book, publish: Callable[[wire.JSON], None]) -> None:
        self.book = book
        self.lock = threading.Condition()
        """Held by whoever reads or changes the books, notified after every change."""
        self.auto_fill = False
        self.cancels_at_once = True
        """Otherwise a cancellation stays pending until ``cancel`` or ``fill`` decides it."""
        self.market_is_open = True
        self.account_says: dict[str, Any] = {}
        """Fields of the account as the broker shall report them, such as ``trading_blocked``."""
        self.numbers_as_json = False
        """Whether the stream writes prices and quantities as JSON numbers, not as strings."""
        self._publish = publish

    @property
    def orders(self) -> Mapping[str, Order]:
        """Every order that exists at the broker, by client order id."""
        return self.book.orders

    def accepts_only(self) -> None:
        """From now on orders rest until a test fills them."""
        self.auto_fill = False

    def set_quote(self, symbol: str, price: Amount) -> None:
        """A new price in the market, at which ``auto_fill`` fills what it can."""
        with self.changing():
            self.book.quotes[symbol] = Decimal(price)
            for side in ("sell", "buy") if self.auto_fill else ():
                for order in self.book.working(symbol, side):
                    self._fill_in_the_market(order)

    def open_market(self) -> None:
        """The market opens; orders that waited for it go there."""
        with self.changing():
            self.market_is_open = True
            for order in [each for each in self.orders.values() if each.status == "accepted"]:
                self._route(order)

    def deposit(self, amount: Amount) -> None:
        """Cash comes into the account, or goes out when it is negative."""
        with self.changing():
            self.book.deposit(Decimal(amount))

    # What happens to an order

    def fill(
        self, client_order_id: str, quantity: Amount | None, price: Amount, *, silent: bool = False
    ) -> str:
        """Execute this much of an order (None: all that remains), and answer the execution's id."""
        with self.changing():
            order = self.orders[client_order_id]
            units = order.remaining if quantity is None else Decimal(quantity)
            execution = self.book.execute(order, units, Decimal(price))
            self._tell_fill(execution, silent=silent)
            return execution.execution_id

    def partially_fill(
        self, client_order_id: str, quantity: Amount, price: Amount, *, silent: bool = False
    ) -> str:
        """Execute less of an order than remains, and answer the execution's id."""
        if Decimal(quantity) >= self.orders[client_order_id].remaining:
            raise NotPossible("that would fill it")
        return self.fill(client_order_id, quantity, price, silent=silent)

    def cancel(self, client_order_id: str, *, silent: bool = False) -> None:
        """The order is canceled, whoever wanted it."""
        self.event(client_order_id, "canceled", silent=silent)

    def expire(self, client_order_id: str, *, silent: bool = False) -> None:
        """The order's time is over."""
        self.event(client_order_id, "expired", silent=silent)

    def reject(self, client_order_id: str, *, silent: bool = False) -> None:
        """The exchange does not want the order."""
        self.event(client_order_id, "rejected", silent=silent)

    def event(self, client_order_id: str, event: str, *, silent: bool = False, **fields: Any) -> None:
        """Any event: those in MOVES move the order, all others, unknown ones too, are only told."""
        with self.changing():
            order = self.orders[client_order_id]
            if event in MOVES:
                if not order.is_open:
                    raise NotPossible(f"the order is {order.status}")
                order.move(event, self.book.now())
            self._tell(event, order, silent=silent, **fields)

    def correct(
        self,
        execution_id: str,
        *,
        quantity: Amount | None = None,
        price: Amount | None = None,
        silent: bool = False,
    ) -> str:
        """The exchange changes an execution afterwards; answers the id of the one in its place."""
        with self.changing():
            old = self.book.execution(execution_id)
            units = old.quantity if quantity is None else Decimal(quantity)
            new = self.book.correct(old, units, old.price if price is None else Decimal(price))
            self._tell("trade_correct", new.order, new, silent=silent, previous_execution_id=execution_id)
            return new.execution_id

    def bust(self, execution_id: str, *, silent: bool = False) -> None:
        """The exchange cancels an execution afterwards."""
        with self.changing():
            old = self.book.execution(execution_id)
            self.book.bust(old)
            told = Execution(str(uuid4()), "", old.order, old.quantity, old.price, self.book.now())
            self._tell("trade_bust", old.order, told, silent=silent, previous_execution_id=execution_id)

    def transfer(self, symbol: str, quantity: Amount) -> None:
        """Shares come into the account without a trade, or go out when it is negative."""
        with self.changing():
            self.book.transfer(symbol, Decimal(quantity))

    def forget(self, client_order_id: str) -> None:
        """The broker loses an order, as no broker may."""
        with self.changing():
            del self.book.orders[client_order_id]

    def place_outside(self, symbol: str, side: Side, quantity: Amount, limit_price: Amount) -> Order:
        """The person places an order by hand, under a client order id that Alpaca made up; it rests."""
        with self.changing():
            at, units, limit = self.book.now(), Decimal(quantity), Decimal(limit_price)
            ids = str(uuid4()), str(uuid4())
            order = Order(*ids, symbol, side, "limit", "gtc", units, limit, False, "new", at, at)
            self.book.orders[order.client_order_id] = order
            return order

    def trade_outside(
        self, symbol: str, side: Side, quantity: Amount, price: Amount, *, silent: bool = False
    ) -> Order:
        """The person trades by hand, under a client order id that Alpaca made up."""
        with self.changing():
            at, units = self.book.now(), Decimal(quantity)
            ids = str(uuid4()), str(uuid4())
            order = Order(*ids, symbol, side, "market", "day", units, None, False, "new", at, at)
            execution = self.book.execute(order, units, Decimal(price))
            self.book.orders[order.client_order_id] = order
            self._tell_fill(execution, silent=silent)
            return order

    # What the API asks for

    def accept(self, order: Order) -> wire.JSON:
        """Take an order into the books, and answer it as it was before anything happened to it."""
        with self.changing():
            self.book.orders[order.client_order_id] = order
            order.move("pending_new" if self.market_is_open else "accepted", order.submitted_at)
            self._tell(order.status, order)
            answer = wire.order(order)
            if self.market_is_open:
                self._route(order)
            return answer

    def ask_to_cancel(self, order: Order) -> None:
        """The client wants an open order gone."""
        self.event(order.client_order_id, "canceled" if self.cancels_at_once else "pending_cancel")

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Nobody else looks into the books meanwhile, and who waits for a change looks again afterwards."""
        with self.lock:
            yield
            self.lock.notify_all()

    def _route(self, order: Order) -> None:
        order.move("new", self.book.now())
        self._tell("new", order)
        if self.auto_fill:
            self._fill_in_the_market(order)
            if order.is_open and order.time_in_force == "ioc":
                self.cancel(order.client_order_id)

    def _fill_in_the_market(self, order: Order) -> None:
        limit, quote = order.limit_price, self.book.quotes.get(order.symbol)
        price = limit if quote is None else quote
        if price is None or order.status not in {"new", "partially_filled"}:
            return
        if limit is None or (price <= limit if order.side == "buy" else price >= limit):
            try:
                self.fill(order.client_order_id, None, price)
            except NotPossible:
                self.reject(order.client_order_id)

    def _tell_fill(self, execution: Execution, *, silent: bool) -> None:
        event = "partial_fill" if execution.order.remaining else "fill"
        self._tell(event, execution.order, execution, silent=silent)

    def _tell(
        self, event: str, order: Order, of: Execution | None = None, *, silent: bool = False, **fields: Any
    ) -> None:
        update: wire.JSON = {
            "event": event,
            "execution_id": of.execution_id if of else str(uuid4()),
            "order": wire.order(order),
            "timestamp": wire.instant(of.at if of else order.updated_at),
        }
        if of:
            numbers = {
                "price": of.price,
                "qty": of.quantity,
                "position_qty": self.book.position(order.symbol),
            }
            write = (lambda number: number) if self.numbers_as_json else wire.decimal
            update |= {name: write(number) for name, number in numbers.items()}
        if not silent:
            self._publish(update | fields)
