"""The queue across the death of Redis: what a worker runs on goes on, and sweeps find what was lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import dramatiq
import pytest
from dramatiq.errors import ConnectionClosed

from adapters.embedded.folder import DataFolder
from adapters.embedded.redis import EmbeddedRedis
from adapters.redis.queue import QUEUE, open_queue

PATIENCE_SECONDS = 20.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(DataFolder(tmp_path))
    server.start()
    yield server
    server.stop()


def test_a_worker_goes_on_when_redis_is_back(server: EmbeddedRedis) -> None:
    """Jobs sent afterwards are done, delayed ones too, by the same threads."""
    queue = open_queue(server.url)
    done = {"at once": threading.Event(), "delayed": threading.Event()}

    @dramatiq.actor(broker=queue, queue_name=QUEUE)
    def work(name: str) -> None:
        done[name].set()

    worker = dramatiq.Worker(queue, worker_threads=1, worker_timeout=10)
    worker.start()
    try:
        server.stop()
        server.start()
        work.send("at once")
        work.send_with_options(args=("delayed",), delay=1)

        assert all(each.wait(PATIENCE_SECONDS) for each in done.values())
        assert all(consumer.is_alive() for consumer in worker.consumers.values())
    finally:
        worker.stop()
        queue.client.connection_pool.disconnect()


def test_giving_jobs_back_to_a_dead_redis_is_the_error_that_the_library_waits_out(tmp_path: Path) -> None:
    """With any other error it ends the thread that reads the queue, and nobody starts another."""
    queue = open_queue(f"unix://{tmp_path}/nobody.sock")
    message = dramatiq.Message[None](
        queue_name=QUEUE, actor_name="work", args=(), kwargs={}, options={"redis_message_id": "1"}
    )

    with pytest.raises(ConnectionClosed):
        queue.consume(QUEUE).requeue([dramatiq.MessageProxy(message)])
