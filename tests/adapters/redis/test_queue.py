"""Jobs across the death of Redis: the worker's threads outlive it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import dramatiq
import pytest
from dramatiq.brokers.redis import RedisBroker

from adapters.embedded.folder import DataFolder
from adapters.embedded.redis import EmbeddedRedis
from adapters.redis.queue import QUEUE, open_queue

PATIENCE_SECONDS = 20.0
DUE_WHILE_AWAY_MILLISECONDS = 300


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(DataFolder(tmp_path))
    server.start()
    yield server
    server.stop()


def declared(queue: RedisBroker, done: dict[str, threading.Event]) -> dramatiq.Actor[[str], None]:
    """An actor that says which job it did."""

    def work(name: str) -> None:
        done.setdefault(name, threading.Event()).set()

    return dramatiq.actor(work, broker=queue, queue_name=QUEUE, actor_name="work")


def test_a_delayed_job_that_comes_due_while_redis_is_away_ends_no_thread(server: EmbeddedRedis) -> None:
    """It and later delayed jobs are done once Redis is back."""
    queue = open_queue(server.url)
    done = {name: threading.Event() for name in ("due while away", "still delayed", "later")}
    actor = declared(queue, done)
    worker = dramatiq.Worker(queue, worker_threads=1, worker_timeout=10)
    worker.start()
    try:
        actor.send_with_options(args=("due while away",), delay=DUE_WHILE_AWAY_MILLISECONDS)
        actor.send_with_options(args=("still delayed",), delay=4 * DUE_WHILE_AWAY_MILLISECONDS)
        delayed = worker.consumers[f"{QUEUE}.DQ"]
        while delayed.delay_queue.qsize() < 2:
            threading.Event().wait(0.01)
        server.stop()
        threading.Event().wait(2 * DUE_WHILE_AWAY_MILLISECONDS / 1000)
        server.start()
        actor.send_with_options(args=("later",), delay=1)

        assert all(each.wait(PATIENCE_SECONDS) for each in done.values())
        assert delayed.is_alive()
    finally:
        worker.stop()
        queue.close()
