"""A worker that is told to stop finishes what it does, for some seconds, and gives the rest back."""

import threading

import dramatiq

from adapters.redis.queue import QUEUE
from api.wiring import House
from api.worker import Worker
from examples import eventually


def test_a_job_under_way_is_finished_and_those_behind_it_go_back(house: House) -> None:
    begun, done = threading.Event(), []

    @dramatiq.actor(broker=house.queue, queue_name=QUEUE, actor_name="slowly")
    def slowly(number: int) -> None:
        begun.set()
        eventually(lambda: not worker.takes_jobs)
        done.append(number)

    with Worker(house, threads=1) as worker:
        for number in range(3):
            slowly.send(number)
        assert begun.wait(20)

    assert done == [0]
    assert house.jobs.lengths()[QUEUE] == 2


def test_no_queue_waits_for_another_to_stop(house: House) -> None:
    """A job that ends only when the other queues have stopped would keep them for as long as it may."""
    begun, ended = threading.Event(), threading.Event()

    @dramatiq.actor(broker=house.queue, queue_name=QUEUE, actor_name="last")
    def last() -> None:
        begun.set()
        eventually(lambda: not any(thread.is_alive() for slow in worker.slow for thread in slow.workers))
        ended.set()

    with Worker(house, threads=1) as worker:
        last.send()
        assert begun.wait(20)

    assert ended.is_set()
