"""What happens at an exchange by chance: parts are filled, orders end, fills are corrected, strangers trade."""

from decimal import ROUND_DOWN, Decimal
from random import Random

from application.ports.broker import BrokerEvent
from storm.book import ZERO, Execution, Order
from storm.exchange import Exchange
from storm.scenario import Weather, sides

LATE_FILLS_MAX = 2
RECENT_ORDERS = 4
RECENT_EXECUTIONS = 8
WORDS = ("held", "calculated", "restated", "pending_review")
OVERLAYS: tuple[BrokerEvent, ...] = ("suspended", "pending_cancel", "pending_replace", "done_for_day")


class Floor:
    """Lets things happen at one exchange."""

    def __init__(self, exchange: Exchange, chance: Random, weather: Weather) -> None:
        self._exchange = exchange
        self._chance = chance
        self._weather = weather

    def happen(self) -> None:
        """One thing happens, or nothing."""
        chance, weather = self._chance, self._weather
        if chance.random() < weather.by_hand_rate:
            self._by_hand()
        if chance.random() < weather.revision_rate:
            self._revise()
        open_orders = self._exchange.open_orders
        if not open_orders:
            if chance.random() < weather.revision_rate:
                self._fill_late()
            return
        order = chance.choice(open_orders)
        drawn = chance.random()
        if drawn < 0.60:
            self.fill(order)
        elif drawn < 0.62:
            reason = "the exchange says so"
            ends: tuple[BrokerEvent, ...] = ("canceled", "expired", "rejected")
            self._exchange.end(order, chance.choice(ends), reason)
        elif drawn < 0.70:
            overlay = chance.choice(OVERLAYS)
            order.overlay = overlay
            self._exchange.say(order, overlay)
        elif drawn < 0.71:
            self._exchange.say(order, "unrecognised", raw=chance.choice(WORDS))
        elif drawn < 0.80:
            order.overlay = None
            self._exchange.say(order, "accepted")

    def fill(self, order: Order, *, whole: bool = False) -> None:
        """Fill an order or a part of it, near the quote; when the account cannot bear it, the order ends."""
        ticket, chance = order.ticket, self._chance
        purse = self._exchange.purses[ticket.symbol]
        lots = int((order.left / purse.lot).to_integral_value(ROUND_DOWN))
        if order.overlay == "suspended" and not whole:
            return
        quantity = order.left
        if lots > 1 and not whole and chance.random() < 0.85:
            quantity = purse.lot * chance.randint(1, max(1, lots // 10))
        if ticket.time_in_force == "ioc" and chance.random() < 0.3:
            quantity = ZERO
        price = self.price(ticket.symbol)
        if ticket.limit_price is not None:
            better = min if ticket.side == "BUY" else max
            price = better(price, ticket.limit_price)
        if (
            quantity
            and self._exchange.trade(order, quantity, price, self._commission(order, quantity, price)) is None
        ):
            self._exchange.end(order, "canceled", "the account cannot bear it")
        elif ticket.time_in_force == "ioc":
            self._exchange.end(order, "canceled", "what is not filled at once is cancelled")

    def price(self, symbol: str) -> Decimal:
        """A price near the quote, with more digits than it sometimes."""
        purse, chance = self._exchange.purses[symbol], self._chance
        moved = purse.price * (1 + Decimal(chance.randint(-20, 20)) / 10_000)
        return moved.quantize(Decimal(chance.choice(("0.01", "0.0001", "0.000001"))))

    def close_the_day(self) -> None:
        """Orders for the day expire."""
        for order in self._exchange.open_orders:
            if order.ticket.time_in_force == "day":
                self._exchange.end(order, "expired", "the day is over")

    def _fill_late(self) -> None:
        """An order that had ended is filled a little more: the fill was on its way when it was cancelled."""
        ended = [each for each in self._exchange.orders.values() if each.status in ("canceled", "expired")]
        recent = [
            each for each in ended[-RECENT_ORDERS:] if len(each.executions) < LATE_FILLS_MAX and each.left
        ]
        if recent:
            order = self._chance.choice(recent)
            quantity = max(self._exchange.purses[order.ticket.symbol].lot, order.left / 2)
            quantity = min(order.left, quantity.quantize(self._exchange.purses[order.ticket.symbol].lot))
            price = self.price(order.ticket.symbol)
            if quantity:
                self._exchange.trade(order, quantity, price, self._commission(order, quantity, price))
        elif self._chance.random() < self._weather.overfill_rate * 10:
            self._overfill()

    def _overfill(self) -> None:
        filled = [each for each in self._exchange.orders.values() if each.status == "filled"]
        if filled:
            lot = self._exchange.purses[filled[-1].ticket.symbol].lot
            self._exchange.trade(filled[-1], lot, self.price(filled[-1].ticket.symbol), ZERO)

    def _revise(self) -> None:
        """Correct one of the latest executions, or take it back, or correct it back to what it was."""
        ours = [each for each in self._exchange.executions.values() if each.client_order_id is not None]
        if not ours:
            return
        execution = self._chance.choice(ours[-RECENT_EXECUTIONS:])
        order, first = self._exchange.orders[execution.client_order_id or ""], execution.revisions[0]
        drawn = self._chance.random()
        if drawn < 0.3:
            quantity, price = ZERO, first.price
        elif drawn < 0.5:
            quantity, price = first.quantity, first.price
        else:
            quantity, price = self._other_quantity(execution), self.price(execution.symbol)
        room = order.ticket.quantity - order.filled + execution.latest.quantity
        if quantity <= room:
            self._exchange.revise(execution, quantity, price, self._commission(order, quantity, price))

    def _other_quantity(self, execution: Execution) -> Decimal:
        lot, most = self._exchange.purses[execution.symbol].lot, execution.revisions[0].quantity
        lots = int((most / lot).to_integral_value(ROUND_DOWN))
        return lot * self._chance.randint(1, lots) if lots else most

    def _by_hand(self) -> None:
        """Somebody trades what a position trades too: what is adopted has to belong to one."""
        purse = self._chance.choice([each for each in self._exchange.purses.values() if not each.is_own])
        lots = self._chance.randint(1, 5)
        side = self._chance.choice(sides())
        self._exchange.trade_by_hand(purse.symbol, side, purse.lot * lots, self.price(purse.symbol))

    def _commission(self, order: Order, quantity: Decimal, price: Decimal) -> Decimal:
        """What the broker takes, in cents: as assumed, nothing, or more, but of what was advised never more."""
        purse = self._exchange.purses[order.ticket.symbol]
        bps = order.ticket.commission_bps * self._chance.choice((0, 1, 1, 1 if purse.is_own else 2))
        return purse.worth(quantity * bps / 10_000, price)
