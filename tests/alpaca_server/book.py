"""The broker's truth: cash and positions follow from what was opened with and the executions that stand."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from alpaca_server.orders import ZERO, Execution, NotPossible, Order, Side

EXCHANGE_TIME = ZoneInfo("America/New_York")
TICK = timedelta(milliseconds=1)
"""Two things in the book are never as close as the resolution of an activity's id."""


class Book:
    """Orders, executions, cash and positions of one account without margin."""

    def __init__(
        self,
        *,
        cash: Decimal,
        positions: Mapping[str, Decimal],
        quotes: Mapping[str, Decimal],
        now: Callable[[], datetime],
    ) -> None:
        self._opening_cash = cash
        self._opening_positions = dict(positions)
        self._now = now
        self._last: datetime | None = None
        self.quotes = dict(quotes)
        self.orders: dict[str, Order] = {}
        self.executions: list[Execution] = []
        self.activity_ids_differ = False
        """Whether an activity's id carries another UUID than its execution; Alpaca promises neither."""

    def now(self) -> datetime:
        """The time, later than any that was answered before."""
        at = self._now()
        if self._last is not None and at < self._last + TICK:
            at = self._last + TICK
        self._last = at
        return at

    # What the account holds

    @property
    def cash(self) -> Decimal:
        """The account's cash, also that which open orders will need."""
        return self._opening_cash + sum((each.cash for each in self.executions if each.stands), ZERO)

    @property
    def positions(self) -> dict[str, Decimal]:
        """Units held, by symbol, without those of which nothing is left."""
        held = dict(self._opening_positions)
        for each in self.executions:
            if each.stands:
                held[each.order.symbol] = held.get(each.order.symbol, ZERO) + each.units
        return {symbol: units for symbol, units in held.items() if units}

    def position(self, symbol: str) -> Decimal:
        """Units held of a symbol."""
        traded = (each.units for each in self.executions if each.stands and each.order.symbol == symbol)
        return self._opening_positions.get(symbol, ZERO) + sum(traded, ZERO)

    def entry_price(self, symbol: str) -> Decimal:
        """At which price the position was bought on average, or at the first price known."""
        trades = [each for each in self.executions if each.stands and each.order.symbol == symbol]
        first = trades[0].price if trades else self.quotes.get(symbol, Decimal(100))
        units = self._opening_positions.get(symbol, ZERO)
        average = first
        for each in trades:
            if each.units > 0:
                units = max(units, ZERO)  # a purchase before was busted
                average = (average * units + each.price * each.units) / (units + each.units)
            units += each.units
        return average

    def last_price(self, symbol: str) -> Decimal:
        """What a unit is worth: its quote, or what it cost when there is none."""
        return self.quotes.get(symbol) or self.entry_price(symbol)

    # What open orders hold of it

    def working(self, symbol: str, side: Side) -> list[Order]:
        """The open orders of a symbol and side."""
        return [o for o in self.orders.values() if o.is_open and (o.symbol, o.side) == (symbol, side)]

    @property
    def buying_power(self) -> Decimal:
        """Cash that no open purchase needs; one whose price nobody knows needs none yet."""
        buying = [each for each in self.orders.values() if each.is_open and each.side == "buy"]
        return self.cash - sum((each.remaining * self.expected_price(each) for each in buying), ZERO)

    def available(self, symbol: str) -> Decimal:
        """Units that no open sale needs."""
        return self.position(symbol) - sum((o.remaining for o in self.working(symbol, "sell")), ZERO)

    def expected_price(self, order: Order) -> Decimal:
        """At which price an order is held against the account: its limit, else the quote, else nothing."""
        return order.limit_price or self.quotes.get(order.symbol, ZERO)

    # What changes it

    def deposit(self, amount: Decimal) -> None:
        """Cash comes in, or goes out when it is negative."""
        if self.cash + amount < 0:
            raise NotPossible(f"only {self.cash} is there")
        self._opening_cash += amount

    def transfer(self, symbol: str, quantity: Decimal) -> None:
        """Shares come in without a trade, or go out when it is negative."""
        self._opening_positions[symbol] = self._opening_positions.get(symbol, Decimal(0)) + quantity

    def execute(self, order: Order, quantity: Decimal, price: Decimal) -> Execution:
        """Trade for an order that is open."""
        if not order.is_open:
            raise NotPossible(f"the order is {order.status}")
        if not 0 < quantity <= order.remaining:
            raise NotPossible(f"{order.remaining} remain of the order, not {quantity}")
        execution = self._record(order, quantity, price)
        order.move("partially_filled" if order.remaining else "filled", execution.at)
        return execution

    def correct(self, execution: Execution, quantity: Decimal, price: Decimal) -> Execution:
        """Put another trade in the place of one."""
        if not 0 < quantity <= execution.order.remaining + execution.quantity:
            raise NotPossible(f"the order has no room for {quantity}")
        execution.stands = False
        try:
            corrected = self._record(execution.order, quantity, price)
        except NotPossible:
            execution.stands = True
            raise
        self._reconsider(execution.order, corrected.at)
        return corrected

    def bust(self, execution: Execution) -> None:
        """Let a trade not have happened."""
        execution.stands = False
        if self.cash < 0 or self.position(execution.order.symbol) < 0:
            execution.stands = True
            raise NotPossible("what it brought has already gone")
        self._reconsider(execution.order, self.now())

    def execution(self, execution_id: str) -> Execution:
        """The trade with an id that still stands."""
        for each in self.executions:
            if each.execution_id == execution_id and each.stands:
                return each
        raise NotPossible(f"no execution {execution_id} stands")

    def _record(self, order: Order, quantity: Decimal, price: Decimal) -> Execution:
        worth = quantity * price
        if price <= 0:
            raise NotPossible(f"nothing trades at {price}")
        if order.side == "buy" and worth > self.cash:
            raise NotPossible(f"{worth} would be paid out of {self.cash}")
        if order.side == "sell" and quantity > self.position(order.symbol):
            raise NotPossible(f"{quantity} would be sold out of {self.position(order.symbol)}")
        at, execution_id = self.now(), str(uuid4())
        own = str(uuid4()) if self.activity_ids_differ else execution_id
        stamp = f"{at.astimezone(EXCHANGE_TIME):%Y%m%d%H%M%S%f}"[:17]
        execution = Execution(execution_id, f"{stamp}::{own}", order, quantity, price, at)
        order.executions.append(execution)
        self.executions.append(execution)
        return execution

    def _reconsider(self, order: Order, at: datetime) -> None:
        """A filled order that lacks something again is open again, as FIX has it; an ended one stays ended."""
        if order.status in {"filled", "partially_filled"}:
            nothing_left, something = not order.remaining, bool(order.filled)
            order.move("filled" if nothing_left else "partially_filled" if something else "new", at)
        else:
            order.updated_at = at
