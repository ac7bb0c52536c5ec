"""The person at the machine: pays in, announces dividends and splits, and comes when called to a lost order.

Each command is repeated under its key until it is acknowledged.
"""

import json
import queue
from collections import Counter
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from uuid import UUID

from alpaca_server.server import AlpacaServer
from kills.live.busy import Busy
from kills.live.opening import SHARES, Account, Accounts
from kills.live.requests import Requests

LOOK_SECONDS = 0.2
PER_SHARE, WITHHELD = Decimal("0.37"), Decimal("0.25")
RATIO = Decimal(2)
CENT = Decimal("0.01")
CONFLICT = 409
"""The answer when it is known by now what became of an order, or the price is too far from its decision's."""


def net_dividend() -> Decimal:
    """What a position is paid for the shares that it held before the session."""
    gross = (SHARES * PER_SHARE).quantize(CENT, ROUND_HALF_EVEN)
    return gross - (gross * WITHHELD).quantize(CENT, ROUND_HALF_EVEN)


class Person(Busy):
    """Carries out one command after the other."""

    def __init__(self, url: str, accounts: Accounts, server: AlpacaServer) -> None:
        super().__init__("person", Requests(url))
        self._accounts = accounts
        self._server = server
        self._wanted: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self.keys: list[str] = []
        """The idempotency keys of what was acknowledged."""
        self.deposits: Counter[UUID] = Counter()
        self.paid: set[UUID] = set()
        self.split: set[UUID] = set()
        self.called = 0
        """How often an order had to be sent once more by hand, because asking for it had not helped."""

    def step(self) -> None:
        """The next command, if there is one."""
        try:
            path, body = self._wanted.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            self._look_after_lost_orders()
            return
        key = f"person-{len(self.keys)}"
        self.requests.acknowledged(
            "POST",
            path,
            json.dumps(body).encode(),
            lambda: {"Idempotency-Key": key},
        )
        self.keys.append(key)
        self._wanted.task_done()

    def _look_after_lost_orders(self) -> None:
        """Do what the alert asks for, and resolve it when it is known what became of them."""
        portfolio = str(self._accounts.alpaca.portfolio_id)
        alerts = self.requests.get("/alerts", portfolio_id=portfolio, open="true")
        lost = [each["id"] for each in alerts["items"] if each["rule"] == "order_lost"] if alerts else []
        found = self.requests.get("/orders", portfolio_id=portfolio, status="unknown") if lost else None
        if found is None:
            return
        for order in found["items"]:
            self.requests.acknowledged("POST", f"/orders/{order['id']}/resubmit", b"", settled_by=CONFLICT)
            self.called += 1
        for alert_id in [] if found["items"] else lost:
            because = json.dumps({"reason": "It was sent once more."}).encode()
            self.requests.acknowledged("POST", f"/alerts/{alert_id}/resolve", because)

    @property
    def is_done(self) -> bool:
        """Whether everything was acknowledged."""
        return not self._wanted.unfinished_tasks

    def deposit(self) -> None:
        """Pay a dollar into both paper portfolios."""
        for account in (self._accounts.paper, self._accounts.called_back):
            self.deposits[account.portfolio_id] += 1
            body = {"kind": "deposit", "amount": "1"}
            self._wanted.put((f"/portfolios/{account.portfolio_id}/cash", body))

    def pay_dividends(self) -> None:
        """Announce one that was due in the last session, of every listing; Alpaca has paid it already."""
        for account in self._accounts.all:
            if account is self._accounts.alpaca:
                self._server.deposit(net_dividend())
            self.paid.add(account.portfolio_id)
            dates = {"ex_date": str(account.ex_date), "pay_date": str(account.ex_date)}
            self._wanted.put(("/dividends", _of(account) | dates | {"per_share": str(PER_SHARE)}))

    def split_shares(self) -> None:
        """Announce a split of the last session of every listing; Alpaca has the new shares already."""
        for account in self._accounts.all:
            if account is self._accounts.alpaca:
                self._server.transfer(account.symbol, SHARES * (RATIO - 1))
            self.split.add(account.portfolio_id)
            self._wanted.put(
                ("/splits", _of(account) | {"ex_date": str(account.ex_date), "ratio": str(RATIO)})
            )


def _of(account: Account) -> dict[str, Any]:
    return {"listing_id": str(account.listing_id)}
