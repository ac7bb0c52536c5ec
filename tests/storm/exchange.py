"""The outside world's truth: a broker with an exchange behind it, its orders, executions, holdings and cash.

Nothing here is unreliable. What the broker says goes to ``tell`` at once; what becomes of it is the post's business.
Executions are only revised so that nothing ever falls below zero here.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from application.ports.broker import BrokerEvent, Ticket
from domain.order import Side
from storm.book import ZERO, Execution, Order, Purse, Revision, Said


class Exchange:
    """One account at the broker."""

    def __init__(
        self, account: str, cash: Decimal, purses: dict[str, Purse], clock: Callable[[], datetime]
    ) -> None:
        self.account = account
        self.free_cash = cash
        self.purses = purses
        self.clock = clock
        self.orders: dict[str, Order] = {}
        self.executions: dict[str, Execution] = {}
        self.events = 0
        self.tell: Callable[[Said], None] = lambda said: None

    @property
    def cash(self) -> Decimal:
        """All the account's cash."""
        return self.free_cash + sum((purse.cash for purse in self.purses.values()), ZERO)

    @property
    def open_orders(self) -> list[Order]:
        """The orders that may be executed, oldest first."""
        return [each for each in self.orders.values() if each.status == "open"]

    def accept(self, ticket: Ticket, *, quietly: bool = False) -> Order:
        """Enter an order, or find the one that is there under its id."""
        known = self.orders.get(ticket.client_order_id)
        if known is not None:
            return known
        order = Order(ticket, f"{self.account}-{len(self.orders) + 1}", self.clock())
        self.orders[ticket.client_order_id] = order
        self.say(order, "accepted", quietly=quietly)
        return order

    def trade(self, order: Order, quantity: Decimal, price: Decimal, commission: Decimal) -> Execution | None:
        """Execute a part of an order; None when the account cannot bear it."""
        execution = self._executed(
            order.ticket.symbol, order.ticket.side, quantity, price, commission, order.ticket.client_order_id
        )
        if execution is None:
            return None
        execution.broker_order_id = order.broker_order_id
        order.executions.append(execution)
        if order.status == "open" and order.left == 0:
            order.status, order.overlay = "filled", None
        self.say(order, "fill" if order.left == 0 else "partial_fill", execution)
        return execution

    def trade_by_hand(self, symbol: str, side: Side, quantity: Decimal, price: Decimal) -> Execution | None:
        """Somebody trades in the account without us; nobody is told."""
        self.events += 1
        return self._executed(symbol, side, quantity, price, ZERO, None)

    def revise(self, execution: Execution, quantity: Decimal, price: Decimal, commission: Decimal) -> bool:
        """Put something else in an execution's place, if the account can bear that."""
        order = self.orders[execution.client_order_id or ""]
        revision = Revision(quantity, price, commission if quantity else ZERO, self.clock())
        purse, sign = self.purses[execution.symbol], 1 if execution.side == "BUY" else -1
        before = execution.latest
        shares = sign * (quantity - before.quantity)
        cash = -sign * (purse.worth(quantity, price) - purse.worth(before.quantity, before.price))
        cash -= revision.commission - before.commission
        if not self._moves(purse, shares, cash):
            return False
        execution.revisions.append(revision)
        if order.status == "open" and order.left == 0:
            order.status, order.overlay = "filled", None
        self.say(order, "trade_correct" if quantity else "trade_bust", execution)
        if order.status == "filled" and order.left:
            order.status, order.reason = "canceled", "the rest is not executed any more"
            self.say(order, "canceled", reason=order.reason)
        return True

    def end(self, order: Order, status: BrokerEvent, reason: str, *, quietly: bool = False) -> None:
        """End an order that is open."""
        if order.status == "open":
            order.status, order.reason, order.overlay = status, reason, None
            self.say(order, status, reason=reason, quietly=quietly)

    def say(
        self,
        order: Order,
        event: BrokerEvent,
        execution: Execution | None = None,
        *,
        reason: str | None = None,
        raw: str | None = None,
        quietly: bool = False,
    ) -> None:
        """Something happened to an order."""
        self.events += 1
        revision = len(execution.revisions) if execution else 1
        if not quietly:
            self.tell(Said(order, event, self.clock(), execution, revision, reason, raw))

    def _moves(self, purse: Purse, shares: Decimal, cash: Decimal) -> bool:
        """Move shares and cash, if the account can bear that."""
        left = (self.free_cash if purse.is_own else purse.cash) + cash
        if purse.shares + shares < 0 or left < 0:
            return False
        purse.shares += shares
        if purse.is_own:
            self.free_cash = left
        else:
            purse.cash = left
        return True

    def _executed(
        self,
        symbol: str,
        side: Side,
        quantity: Decimal,
        price: Decimal,
        commission: Decimal,
        client_order_id: str | None,
    ) -> Execution | None:
        purse = self.purses[symbol]
        worth = purse.worth(quantity, price)
        sign = 1 if side == "BUY" else -1
        if not self._moves(purse, sign * quantity, -sign * worth - commission):
            return None
        now = self.clock()
        name = f"{self.account}-e{len(self.executions) + 1}"
        first = Revision(quantity, price, commission, now)
        execution = Execution(name, symbol, side, now, client_order_id, f"{name}-by-hand", [first])
        self.executions[name] = execution
        return execution
