"""Serving: the address that may be had, and an orderly end."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from api.http.serve import serve
from api.wiring import House
from broker_accounts import NEW
from examples import eventually
from over_http import configuration

PROGRAM = """
import sys
from api.configuration import Configuration
from api.http.serve import serve
from api.wiring import House

house = House(sys.argv[1], sys.argv[2])
serve(house, Configuration(port=int(sys.argv[3])))
house.close()
print("put away")
"""


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_port_in_use_ends_in_one_sentence(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(
            SystemExit, match=rf"^Port {port} is in use on 127\.0\.0\.1: choose another .*\.$"
        ):
            serve(house, configuration(port=port))


def test_without_sign_in_no_other_address_is_served(house: House) -> None:
    with pytest.raises(SystemExit, match=r"^Without sign-in Ballast listens on this machine only"):
        serve(house, configuration(host="0.0.0.0"))  # noqa: S104  # what is refused


def test_an_address_that_is_not_this_machines_ends_in_one_sentence(house: House) -> None:
    with pytest.raises(SystemExit, match=r"^Cannot listen on 203\.0\.113\.1:8000: .*\.$"):
        serve(house, configuration(host="203.0.113.1", auth="password"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_serving_and_what_comes_after_is_done(house: House, number: int) -> None:
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, house.database_url, house.redis_url, str(port)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "src"},
        text=True,
    )
    try:
        eventually(lambda: _is_live(port))
        program.send_signal(number)
        output, _ = program.communicate(timeout=20)
    finally:
        program.kill()

    assert program.returncode == 0
    assert output.splitlines()[-1] == "put away"


def test_a_request_under_way_is_answered_before_it_ends(house: House) -> None:
    """Here one that waits for the log while somebody else holds it; nobody new is let in meanwhile."""
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, house.database_url, house.redis_url, str(port)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": "src"},
        text=True,
    )
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    try:
        eventually(lambda: _is_live(port))
        with (
            psycopg.connect(house.database_url) as holding,
            psycopg.connect(house.database_url, autocommit=True) as looking,
            ThreadPoolExecutor(1) as asking,
        ):
            holding.execute("lock table stored_events in access exclusive mode")
            asked = asking.submit(httpx.post, f"http://127.0.0.1:{port}/portfolios", json=NEW, timeout=30)
            eventually(lambda: looking.execute(waiting).fetchone() is not None)
            program.send_signal(signal.SIGTERM)
            eventually(lambda: not _is_live(port))
            holding.rollback()
            assert asked.result(20).status_code == 201
        assert program.wait(20) == 0
    finally:
        program.kill()
        program.communicate()
    assert len(house.live_portfolios()) == 1


def _is_live(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/live").status_code == 200
    except httpx.TransportError:
        return False
