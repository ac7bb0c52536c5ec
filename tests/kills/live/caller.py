"""A broker that calls back: it fills what the paper book holds, and repeats each delivery until it is taken."""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from domain.events import rfc3339
from kills.live.busy import Busy
from kills.live.opening import Account
from kills.live.requests import Requests
from kills.live.truth import Trade
from over_http import signed

PAUSE_SECONDS = 0.05
PARTS_MAX = 3
TWICE = 0.2
"""How often a delivery that was taken is made once more, under its id or another one."""

CENT = Decimal("0.01")


class Caller(Busy):
    """Looks for orders of one account and calls back what it traded for them."""

    def __init__(self, url: str, account: Account, secret: str, seed: int) -> None:
        super().__init__("caller", Requests(url))
        self._account = account
        self._secret = secret
        self._chance = random.Random(f"caller {seed}")
        self._known: set[str] = set()
        self.trades: list[Trade] = []
        self.delivered: list[str] = []
        """The ids of all deliveries that were acknowledged."""

    def step(self) -> None:
        """Fill what there is to fill."""
        account = str(self._account.portfolio_id)
        found = self.requests.get("/orders", portfolio_id=account, status="working", limit="1000")
        for order in found["items"] if found else []:
            if order["client_order_id"] not in self._known:
                self._known.add(order["client_order_id"])
                self._fill(order)
        self.stopping.wait(PAUSE_SECONDS)

    def _fill(self, order: dict[str, Any]) -> None:
        quantities = self._parts(int(Decimal(order["quantity"])))
        for number, quantity in enumerate(quantities, start=1):
            slip = Decimal(1 + self._chance.uniform(-0.0005, 0.0005))
            price = (Decimal(order["decided_price"]) * slip).quantize(CENT)
            trade = Trade(
                execution_id=f"{order['client_order_id']}/{number}",
                client_order_id=order["client_order_id"],
                side=order["side"],
                quantity=Decimal(quantity),
                price=_within(order, price),
                commission=Decimal(quantity) * CENT,
            )
            self._deliver(trade, last=number == len(quantities))
            self.trades.append(trade)

    def _parts(self, quantity: int) -> list[int]:
        cuts = {self._chance.randint(1, quantity) for _ in range(self._chance.randint(0, PARTS_MAX - 1))}
        return [high - low for low, high in pairwise(sorted({0, *cuts, quantity}))]

    def _deliver(self, trade: Trade, *, last: bool) -> None:
        said = {
            "broker": "paper",
            "account": str(self._account.portfolio_id),
            "client_order_id": trade.client_order_id,
            "event": "fill" if last else "partial_fill",
            "execution_id": trade.execution_id,
            "quantity": str(trade.quantity),
            "price": str(trade.price),
            "commission": str(trade.commission),
            "at": rfc3339(datetime.now(UTC)),
        }
        body = json.dumps(said).encode()
        ids = [f"first {trade.execution_id}".replace(" ", "-")]
        if self._chance.random() < TWICE:
            ids.append(self._chance.choice([ids[0], f"again-{trade.execution_id}"]))
        for webhook_id in ids:
            self.requests.acknowledged(
                "POST",
                "/orders/callback",
                body,
                lambda webhook_id=webhook_id: signed(body, webhook_id=webhook_id, secret=self._secret),  # type: ignore[misc]
            )
            self.delivered.append(webhook_id)


def _within(order: dict[str, Any], price: Decimal) -> Decimal:
    """The price, or the limit that is the worst for its customer."""
    if order["limit_price"] is None:
        return price
    limit = Decimal(order["limit_price"])
    return min(price, limit) if order["side"] == "BUY" else max(price, limit)
