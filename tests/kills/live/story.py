"""``ballast up`` with everything around it that makes it trade: a market, three brokers and two people."""

import json
import os
import random
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alpaca_server.server import AlpacaServer
from kills.live.busy import Busy
from kills.live.caller import Caller
from kills.live.deaths import Deaths
from kills.live.desk import AlpacaDesk
from kills.live.investor import Investor
from kills.live.market import Market
from kills.live.opening import FUNDS, SHARES, Accounts, open_accounts
from kills.live.person import Person
from kills.live.requests import Requests
from kills.programs import Program, processes_on, wait_for
from kills.rounds import free_port, start_up
from over_http import SECRET


@dataclass
class Story:
    """All that is under way."""

    up: Program
    requests: Requests
    accounts: Accounts
    server: AlpacaServer
    market: Market
    caller: Caller
    desk: AlpacaDesk
    person: Person
    investor: Investor
    deaths: Deaths

    @property
    def busy(self) -> tuple[Busy, ...]:
        """Those who act by themselves."""
        return self.market, self.caller, self.desk, self.person, self.investor

    def told(self) -> str:
        """How much has happened."""
        prices, trades = len(self.market.quoted), len(self.server.book.executions)
        called = f"{len(self.caller.trades)} called back, {sum(map(len, self.investor.runs.values()))} runs"
        return f"{prices} prices, {trades} trades at Alpaca, {called}"

    def check(self) -> None:
        """Raise what any of them ran into, and start ``ballast up`` again when it had given up."""
        for each in self.busy:
            each.check()
        if self.up.status() is not None:
            self.up.start()


@contextmanager
def told(data: Path, seed: int) -> Iterator[Story]:
    """Begin the story. However it ends, nothing is left running."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        server = stack.enter_context(AlpacaServer(cash=FUNDS, positions={"KO": SHARES}, quotes={"KO": "100"}))
        up = Program(data, "up", "--empty", "--port", str(port), environment=_environment(server))
        stack.callback(_end, up)
        start_up(up)
        accounts = open_accounts(up, datetime.now(UTC))
        requests = stack.enter_context(Requests(url))
        _connect(requests, accounts, server)
        desk = AlpacaDesk(server, seed)
        story = Story(
            up=up,
            requests=requests,
            accounts=accounts,
            server=server,
            market=Market(url, accounts, server, seed),
            caller=Caller(url, accounts.called_back, SECRET, seed),
            desk=desk,
            person=Person(url, accounts, server),
            investor=Investor(url, accounts),
            deaths=Deaths(up, desk, random.Random(seed)),
        )
        for each in story.busy:
            stack.enter_context(each)
        yield story


def _environment(server: AlpacaServer) -> dict[str, str]:
    return {
        "BALLAST_ALPACA_URL": server.url,
        "BALLAST_ALPACA_STREAM_URL": server.stream_url,
        "BALLAST_CALLBACK_SECRET": SECRET,
    }


def _connect(requests: Requests, accounts: Accounts, server: AlpacaServer) -> None:
    wait_for(lambda: requests.get("/health/ready") is not None, "readiness")
    keys = {"key_id": server.key_id, "secret_key": server.secret_key}
    body = {"kind": "alpaca", "environment": "paper", "credentials": keys}
    path = f"/portfolios/{accounts.alpaca.portfolio_id}/broker"
    requests.acknowledged("PUT", path, json.dumps(body).encode())


def _end(up: Program) -> None:
    up.send(signal.SIGTERM)
    with suppress(Exception):
        wait_for(lambda: not processes_on(up.data), "the end", seconds=20)
    up.kill()
    for pid in processes_on(up.data):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
