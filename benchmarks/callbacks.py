"""Signed callbacks over 32 kept connections to an API process of its own, beside a bare INSERT+COMMIT."""

import base64
import hmac
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from uuid import UUID, uuid4

from api.wiring import House
from application.ledger import Cause, Transaction
from benchmarks.decisions import bare_commits
from benchmarks.ground import fresh_house, later, settle
from benchmarks.keep_alive import Answered, ask_all
from benchmarks.measurement import Measurement, percentile
from benchmarks.whole_orders import STREAMS_AN_APPEND, place
from domain.events import rfc3339

CONNECTIONS = 32
POSITIONS = 500
CALLBACKS = 2_000
ROUNDS = 5
START_SECONDS_MAX = 60.0
KEY = b"a secret of the benchmark"
MILLISECONDS = 1e3


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Distinct partial fills over many positions, round by round, and every one of them booked."""
    with fresh_house(addresses) as house:
        orders = _working_orders(house, settle(house, POSITIONS, 1).position_ids)
        with _api(house) as port:
            # Every position once, as an API has seen them after its first minutes.
            ask_all(port, [_fill(orders[number], number) for number in range(POSITIONS)], CONNECTIONS)
            bare, rounds = [], []
            for number in range(ROUNDS):
                begin = POSITIONS + number * CALLBACKS
                bare += bare_commits(house)
                fills = [
                    _fill(orders[number % POSITIONS], number) for number in range(begin, begin + CALLBACKS)
                ]
                rounds.append(ask_all(port, fills, CONNECTIONS))
        _require_exact(house, rounds)
    commit = statistics.median(bare)
    rate = statistics.median(each.rate for each in rounds)
    half, most = (
        statistics.median(percentile(each.latencies, percent) for each in rounds) * MILLISECONDS
        for percent in (50, 99)
    )
    yield Measurement("bare INSERT+COMMIT, one connection", 1 / commit, "/s")
    yield Measurement("callbacks booked", rate, "/s", target=500)
    yield Measurement("share of the bare commit", rate * commit, "×")
    yield Measurement("an answer, p50", half, "ms")
    yield Measurement("an answer, p99", most, "ms", target=100, better="less")


def _working_orders(house: House, position_ids: Sequence[UUID]) -> list[str]:
    """The client order ids of one order to buy 52 for each position, at work at the paper broker."""
    cause = Cause(actor="local", correlation_id=house.ledger.new_id(), at=later(1))

    def decide(transaction: Transaction, part: Sequence[UUID]) -> list[str]:
        placed = [place(house, transaction, each, later(1), Decimal("97.00")) for each in part]
        return [state.open_order.client_order_id for state in placed if state.open_order]

    orders: list[str] = []
    for begin in range(0, len(position_ids), STREAMS_AN_APPEND):
        part = position_ids[begin : begin + STREAMS_AN_APPEND]
        orders += house.ledger.transact(
            cause, lambda transaction, part=part: decide(transaction, part)
        ).answer
    return orders


def _fill(client_order_id: str, number: int) -> bytes:
    """A whole request: the delivery of one partial fill, signed now."""
    said = {
        "broker": "paper", "account": "bench", "client_order_id": client_order_id, "event": "partial_fill",
        "execution_id": f"e-{number}", "revision": 1, "quantity": "1", "price": "97.01", "commission": "0.01",
        "at": rfc3339(later(2)),
    }  # fmt: skip
    body, webhook_id, timestamp = json.dumps(said).encode(), f"msg_{uuid4().hex}", str(int(time.time()))
    digest = hmac.digest(KEY, f"{webhook_id}.{timestamp}.".encode() + body, "sha256")
    head = (
        f"POST /orders/callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nwebhook-id: {webhook_id}\r\nwebhook-timestamp: {timestamp}\r\n"
        f"webhook-signature: v1,{base64.b64encode(digest).decode()}\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def _api(house: House) -> Iterator[int]:
    """The port of ``ballast api`` on this house, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="ballast-bench-") as folder:
        settings = {
            "DATABASE_URL": house.database_url,
            "REDIS_URL": house.redis_url,
            "BALLAST_DATA": folder,
            "BALLAST_PORT": str(port),
            "BALLAST_CALLBACK_SECRET": "whsec_" + base64.b64encode(KEY).decode(),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "api"],
            env=os.environ | settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(port)
            yield port
        finally:
            process.terminate()
            process.wait()


def _await(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the API does not come up")


def _require_exact(house: House, rounds: Sequence[Answered]) -> None:
    statuses = {status for each in rounds for status in each.statuses}
    with house.pool.connection() as connection:
        row = connection.execute("select count(*) as n from executions").fetchone()
    if statuses != {200} or row is None or row["n"] != POSITIONS + ROUNDS * CALLBACKS:
        raise AssertionError(f"not exact: statuses {statuses}, executions {row}")
