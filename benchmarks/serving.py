"""The position card under 32 connections, beside a bare FastAPI route that does one indexed SELECT."""

import multiprocessing
import os
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import uvicorn
from fastapi import Depends, FastAPI

from api.collector import calm_the_collector
from api.configuration import Configuration
from api.http.app import create_app
from api.logs import configure
from api.wiring import House
from benchmarks.ground import fresh_house, settle
from benchmarks.measurement import Measurement

CONNECTIONS = 32
REQUESTS = 4_000
ROUNDS = 3


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """The same server, pool and client for both, turn by turn."""
    with fresh_house(addresses) as house, Path(os.devnull).open("w") as nowhere:
        with redirect_stderr(nowhere):
            configure("INFO")  # requests are logged as they are in service, but to nowhere
        position_id = settle(house, 10, 10).position_ids[0]
        calm_the_collector()
        bare_rates, our_rates = [], []
        with served(_bare(house)) as bare, served(create_app(house, Configuration())) as ours:
            for _ in range(ROUNDS):
                bare_rates.append(_rate(bare, f"/bare/{position_id}"))
                our_rates.append(_rate(ours, f"/positions/{position_id}"))
        limit, rate = statistics.median(bare_rates), statistics.median(our_rates)
        yield Measurement("bare route, one indexed SELECT", limit, "/s")
        yield Measurement("GET /positions/{id}", rate, "/s")
        yield Measurement("share of the bare route", rate / limit, "×", target=0.5)


def _bare(house: House) -> FastAPI:
    app = FastAPI()

    def connection() -> Iterator[Any]:
        with house.pool.connection() as connection:
            yield connection

    @app.get("/bare/{position_id}")
    def bare(position_id: UUID, connection: Annotated[Any, Depends(connection)]) -> dict[str, str]:
        row = connection.execute(
            "select symbol, anchor from positions where position_id = %s", (position_id,)
        ).fetchone()
        return {"symbol": row["symbol"], "anchor": str(row["anchor"])}

    return app


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """The port of a server in a thread of this process."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=CONNECTIONS * 2)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def _rate(port: int, path: str) -> float:
    """Requests a second that a client in another process gets answered."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(ask, (port, path))


def ask(port: int, path: str) -> float:
    """Ask over kept connections, one request at a time on each; answers requests a second."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    each = REQUESTS // CONNECTIONS

    def connection(_: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as link, link.makefile("rb") as answers:
            for _ in range(each):
                link.sendall(request)
                _read_answer(answers)

    began = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as connections:
        list(connections.map(connection, range(CONNECTIONS)))
    return each * CONNECTIONS / (time.perf_counter() - began)


def _read_answer(answers: Any) -> None:
    status = answers.readline()
    if b" 200 " not in status:
        raise AssertionError(status)
    length = 0
    while (line := answers.readline()) != b"\r\n":
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    answers.read(length)
