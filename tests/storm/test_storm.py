"""A small slice of ``make storm``: bad days at the broker's, each in its own database, and the books come out right."""

from collections.abc import Iterator

import pytest

from storm.databases import template
from storm.scenario import scenario
from storm.seeds import weather_out

STEPS = 60


@pytest.fixture(scope="module")
def copied_from(addresses: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Where databases are, and the one that each seed's is a copy of."""
    with template(addresses[0]) as name:
        yield addresses[0], name


@pytest.mark.parametrize("seed", [3, 4, 8, 26, 51])
def test_nothing_is_lost_or_doubled(copied_from: tuple[str, str], seed: int) -> None:
    """Whatever is dropped, copied, delayed, shuffled, corrected or dies: both sides have the same books in the end.

    Where a portfolio follows a strategy, some of the orders are lines of its advice.
    """
    calm = weather_out(seed, *copied_from, steps=STEPS)

    assert calm.broker_events > 0
    assert (calm.lines > 0) is any(each.strategy is not None for each in scenario(seed).accounts)


def test_a_seed_leaves_the_same_log_byte_by_byte(copied_from: tuple[str, str]) -> None:
    """On another database too: what was found once can be found again. The read models are what the log says."""
    first = weather_out(24, *copied_from, steps=STEPS // 2, rebuild=True)

    assert weather_out(24, *copied_from, steps=STEPS // 2) == first
