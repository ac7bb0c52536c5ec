"""The person who invests: asks for advice on every portfolio, approves it, and once more what was not placed.

Each command is repeated under its key until it is acknowledged.
"""

import itertools
import json
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kills.live.busy import Busy
from kills.live.opening import Account, Accounts
from kills.live.person import CONFLICT
from kills.live.requests import Requests

PAUSE_SECONDS = 0.2
KINDS = ("manual", "quarterly", "quarterly", "quarterly")
"""All free cash first; then what has risen pays for what has fallen."""

APPROVALS_MAX = 3
UNDER_WAY = frozenset({"waiting", "at_work"})
OPEN = frozenset({"proposed", "approved", "executed_partial"})
AT_WORK = frozenset({"queued", "running"})


class Investor(Busy):
    """Looks after the advice of one portfolio after the other."""

    def __init__(self, url: str, accounts: Accounts) -> None:
        super().__init__("investor", Requests(url))
        self._accounts = accounts
        self._kinds: dict[str, Iterator[str]] = {
            each.name: itertools.cycle(KINDS) for each in accounts.advised
        }
        self._approvals: Counter[str] = Counter()
        self._asks = itertools.count()
        self._has_enough = threading.Event()
        self.rests = threading.Event()
        """Set when nothing more is asked for, and all that was advised is over."""
        self.runs: dict[str, list[str]] = {each.name: [] for each in accounts.advised}
        """The runs that were acknowledged, by account."""

    def step(self) -> None:
        """Look at each portfolio once."""
        busy = [self._look_after(each) for each in self._accounts.advised]
        if self._has_enough.is_set() and not any(busy):
            self.rests.set()
        self.stopping.wait(PAUSE_SECONDS)

    def enough(self) -> None:
        """Ask for nothing more."""
        self._has_enough.set()

    def _look_after(self, account: Account) -> bool:
        """Answers whether there is, or may be, something under way."""
        if not self._run_is_over(account):
            return True
        found = self.requests.get("/recommendations", portfolio_id=str(account.portfolio_id), limit="5")
        if found is None:
            return True
        under_way = [each for each in found["items"] if each["status"] in OPEN]
        for each in under_way:
            self._decide(each)
        if under_way:
            return True
        if not self._has_enough.is_set():
            self._ask(account)
        return not self._has_enough.is_set()

    def _run_is_over(self, account: Account) -> bool:
        if not self.runs[account.name]:
            return True
        run = self.requests.get(f"/runs/{self.runs[account.name][-1]}")
        return run is not None and run["status"] not in AT_WORK

    def _ask(self, account: Account) -> None:
        body = {"kind": next(self._kinds[account.name])}
        run = self._does(f"/portfolios/{account.portfolio_id}/runs", body)
        self.runs[account.name].append(run["id"])

    def _decide(self, advice: dict[str, Any]) -> None:
        """Approve it, again after an attempt that left something; in the end let the rest be."""
        if any(line["placing"] in UNDER_WAY for line in advice["lines"]):
            return
        address = f"/recommendations/{advice['id']}"
        self._approvals[advice["id"]] += 1
        if self._approvals[advice["id"]] <= APPROVALS_MAX:
            self._does(f"{address}/approve", {})
        elif advice["status"] == "executed_partial":
            self._does(f"{address}/mark-executed", {"complete": True})
        else:
            self._does(f"{address}/ignore", {"reason": "It does not fit any more."})

    def _does(self, path: str, body: dict[str, Any]) -> Any:
        """Do it once; by now it may be over, or at work."""
        key = f"investor-{next(self._asks)}"
        content = json.dumps(body).encode()
        return self.requests.acknowledged(
            "POST", path, content, lambda: {"Idempotency-Key": key}, settled_by=CONFLICT
        )
