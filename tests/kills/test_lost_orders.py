"""Work whose job is gone for good, with the queue and the worker that had it: a sweep alone finds it again."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
import redis
from starlette.testclient import TestClient

from api.following import Followers
from api.http.app import create_app
from api.wiring import House
from api.worker import Worker
from domain.portfolio.state import LIVE_FEED
from domain.streams import POSITION
from examples import IN_SESSION, Opened, eventually, open_example, tick
from kills.programs import PATIENCE_SECONDS, SOURCES
from over_http import HERE, configuration
from placed import Placed

WAITING = "from pg_locks where relation = 'paper_orders'::regclass and not granted"

Lose = Callable[[House, str, str], None]


def before_anybody_took_it(house: House, database_url: str, redis_url: str) -> None:
    """The job was enqueued, and Redis lost what it had."""
    _lose_job(house, redis_url, b"submit_order")


def between_the_submission_and_the_broker(house: House, database_url: str, redis_url: str) -> None:
    """A worker stored the submission, and is killed where it enters the order in the broker's book; Redis too."""
    paths = os.pathsep.join(map(str, (SOURCES, Path(__file__).parents[1])))
    words = [sys.executable, "-m", "kills.worker_program", database_url, redis_url, house.namespace]
    with psycopg.connect(database_url) as book:
        book.execute("lock table paper_orders in exclusive mode")
        worker = subprocess.Popen(words, env=os.environ | {"PYTHONPATH": paths})
        try:
            eventually(lambda: book.execute(f"select pid {WAITING}").fetchall(), PATIENCE_SECONDS)
        finally:
            worker.kill()
            worker.wait(PATIENCE_SECONDS)
        _empty(house, redis_url)
        book.execute(f"select pg_terminate_backend(pid, 5000) {WAITING}")


def _lose_job(house: House, redis_url: str, actor: bytes) -> None:
    """Wait until a job is enqueued, and let Redis lose it with all it has."""
    with closing(redis.Redis.from_url(redis_url)) as client:

        def is_enqueued() -> bool:
            queues = client.scan_iter(f"{house.namespace}*.msgs")
            return any(actor in job for queue in queues for job in client.hvals(queue))

        eventually(is_enqueued)
    _empty(house, redis_url)


def _empty(house: House, redis_url: str) -> None:
    with closing(redis.Redis.from_url(redis_url)) as client:
        for key in client.scan_iter(f"{house.namespace}*"):
            client.delete(key)


@pytest.mark.parametrize("lose", [before_anybody_took_it, between_the_submission_and_the_broker])
def test_an_order_that_nobody_knows_of_any_more_is_sent_once(
    house: House, addresses: tuple[str, str], lose: Lose
) -> None:
    opened = open_example(house, exchange="XSIM")
    now = datetime.now(UTC)
    with Followers(house):
        house.ingest_prices([tick(opened.listing_id, "97", now)])
        house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
        lose(house, house.database_url, addresses[1])
        assert executed(house, opened) == []

        with Worker(house):
            eventually(lambda: executed(house, opened), PATIENCE_SECONDS)

    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    assert position.shares == 152
    assert executed(house, opened) == [52]


def executed(house: House, opened: Opened) -> list[int]:
    """What the broker has executed for the position, order by order."""
    with house.pool.connection() as connection:
        rows = connection.execute(
            "select quantity from executions where position_id = %s", (opened.position_id,)
        )
        return [int(row["quantity"]) for row in rows]


def test_approved_advice_that_nobody_knows_of_any_more_is_placed_once(
    house: House, addresses: tuple[str, str]
) -> None:
    house.ledger.clock = lambda: IN_SESSION
    with TestClient(create_app(house, configuration()), base_url=HERE) as client:
        portfolio = Placed(client, house)
        advice = portfolio.advised()
        with Followers(house):
            portfolio.does(advice, "approve")
            _lose_job(house, addresses[1], b"place_advice")
            assert portfolio.orders() == []

            with Worker(house):
                eventually(lambda: portfolio.again(advice)["status"] == "executed_full", PATIENCE_SECONDS)

        assert len(portfolio.orders()) == len(advice["lines"])
