"""What keeping people apart in the database costs a request, beside the same one by queries alone."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

import httpx

from api.configuration import Configuration
from api.http.app import create_app
from api.logs import configure
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement
from benchmarks.serving import served

REQUESTS = 200
ROUNDS = 5


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """One client, one request after the other, with the role and without it turn by turn."""
    with fresh_house(addresses) as house, Path(os.devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            configure("INFO")
        settled = settle(house, 10, 10)
        position_id = settled.position_ids[0]
        with (
            served(create_app(house, Configuration())) as port,
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
        ):
            portfolio_id = client.get(f"/positions/{position_id}").json()["portfolio_id"]
            deposit = {"kind": "deposit", "amount": "1"}
            asked: dict[str, Callable[[], httpx.Response]] = {
                "GET /positions/{id}": lambda: client.get(f"/positions/{position_id}"),
                "GET /positions, 100 of them": lambda: client.get("/positions"),
                "POST /portfolios/{id}/cash": lambda: client.post(
                    f"/portfolios/{portfolio_id}/cash", json=deposit
                ),
            }
            for name, ask in asked.items():
                with_role, without = list[float](), list[float]()
                for _ in range(ROUNDS):
                    for keeps_apart, taken in ((False, without), (True, with_role)):
                        house.pool.keeps_apart = keeps_apart
                        taken.append(_milliseconds(ask))
                yield Measurement(
                    f"{name}, by queries alone", statistics.median(without), "ms", better="less"
                )
                yield Measurement(
                    f"{name}, in the database too", statistics.median(with_role), "ms", better="less"
                )


def _milliseconds(ask: Callable[[], httpx.Response]) -> float:
    """The mean time of one request over many."""
    began = time.perf_counter()
    for _ in range(REQUESTS):
        ask().raise_for_status()
    return (time.perf_counter() - began) / REQUESTS * 1000
