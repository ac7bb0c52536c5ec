"""The people at Alpaca: they fill what lies there, in parts, and at times nobody answers or the lines break."""

import random
import threading
from decimal import Decimal

from alpaca_server.orders import NotPossible, Order
from alpaca_server.server import AlpacaServer
from kills.live.busy import Busy

LOOK_SECONDS = 0.2
WHOLE = 0.4
OUTAGE_SECONDS_MAX = 5.0
HANG_SECONDS_MAX = 12.0
"""Longer than anybody waits for an answer."""

MANY = 1_000_000


class AlpacaDesk(Busy):
    """Fills open orders at their limit, or at the quote. An outage ends by itself."""

    def __init__(self, server: AlpacaServer, seed: int) -> None:
        super().__init__("alpaca's desk")
        self.server = server
        self._chance = random.Random(f"desk {seed}")

    def step(self) -> None:
        """Fill a part of each open order, or all of it."""
        with self.server.lock:
            self.server.lock.wait_for(self._open, LOOK_SECONDS)
            for order in self._open():
                self._fill(order)

    def outage(self, chance: random.Random) -> str:
        """Go wrong in one of many ways for a while, and answer which."""
        faults, seconds = self.server.faults, chance.uniform(0.5, OUTAGE_SECONDS_MAX)
        after_effect = chance.random() < 0.5
        match chance.choice(["hang", "cut", "refuse", "limit", "lines", "half"]):
            case "hang":
                hanging = chance.uniform(1, HANG_SECONDS_MAX)
                faults.hang("*", "*", hanging, times=MANY, after_effect=after_effect)
                said = f"hangs for {hanging:.1f} s"
            case "cut":
                faults.cut("*", "*", times=MANY, after_effect=after_effect)
                said = "cuts lines"
            case "refuse":
                faults.status("*", "*", 503, times=MANY, after_effect=after_effect)
                said = "answers 503"
            case "limit":
                faults.status("*", "*", 429, times=MANY)
                said = "answers 429"
            case "half":
                faults.cut("POST", "*", times=MANY, midway=True)
                said = "cuts answers to orders in half"
            case _:
                self.server.stream.refuse(MANY)
                said = "has no stream"
        self.server.stream.disconnect()
        over = threading.Timer(seconds, self.recover)
        over.daemon = True
        over.start()
        return f"{said}{' after the effect' if after_effect else ''}, {seconds:.1f} s long"

    def recover(self) -> None:
        """Nothing is wrong any more."""
        self.server.faults.clear()
        self.server.stream.refuse(0)

    def _open(self) -> list[Order]:
        return [each for each in self.server.orders.values() if each.is_open]

    def _fill(self, order: Order) -> None:
        remaining = int(order.remaining)
        part = remaining if self._chance.random() < WHOLE else self._chance.randint(1, remaining)
        price = order.limit_price or self.server.book.quotes[order.symbol]
        try:
            self.server.fill(order.client_order_id, Decimal(part), price)
        except NotPossible:
            self.server.reject(order.client_order_id)
