"""A slice of ``make kills ARGS=--month``: those who ask for runs and carry them out die; every slot has one run."""

from collections.abc import Callable
from datetime import timedelta

from api.wiring import House
from kills.month.cast import ROLES, Cast
from kills.month.run import live_through


def test_every_slot_of_a_day_has_one_run_whoever_dies(new_house: Callable[[], House]) -> None:
    """A scheduler, a worker and the followers of the log die; nothing is asked for or ends twice."""

    def disturb(cast: Cast) -> None:
        for role in ("scheduler", "worker", "projections"):
            cast.kill(ROLES.index(role))

    house = new_house()
    addresses = house.database_url, house.redis_url

    came_to = live_through(addresses, timedelta(days=1), seconds=2, disturb=disturb)

    assert came_to.startswith("3 killed (1 projections, 1 scheduler, 1 worker); 30 slots, 30 runs")
