"""One look at everything: the sentence says what a person would ask next."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.balancing import Band
from domain.glance import Glance, is_near

QUIET = Glance(
    frozen=(),
    recommendations=0,
    alerts=0,
    positions=3,
    near=0,
    stale=0,
    oldest_price=timedelta(seconds=4),
)
BAND = Band(buy_below=Decimal(97), sell_above=Decimal(103))


@pytest.mark.parametrize(
    ("glance", "state", "sentence"),
    [
        (QUIET, "quiet", "All quiet. No position is near its band, prices 4 s old."),
        (
            replace(QUIET, near=2),
            "quiet",
            "All quiet. 2 positions are near the edges of their bands, prices 4 s old.",
        ),
        (
            replace(QUIET, positions=1, oldest_price=timedelta(hours=3)),
            "quiet",
            "All quiet. The position is well inside its band, prices 3 hours old.",
        ),
        (
            replace(QUIET, near=1, stale=1),
            "quiet",
            "All quiet. 1 position is near the edge of its band, 1 price is too old to decide on.",
        ),
        (
            replace(QUIET, positions=0, oldest_price=None),
            "quiet",
            "All quiet. No position is open yet.",
        ),
        (
            replace(QUIET, recommendations=1),
            "look",
            "1 recommendation waits for you. No position is near its band, prices 4 s old.",
        ),
        (
            replace(QUIET, recommendations=1, alerts=2),
            "look",
            "1 recommendation and 2 alerts wait for you. No position is near its band, prices 4 s old.",
        ),
        (
            replace(QUIET, frozen=("Pension",), alerts=2),
            "stopped",
            "Stopped: Pension is frozen. No position is near its band, prices 4 s old.",
        ),
        (
            replace(QUIET, frozen=("Pension", "Play"), positions=1, oldest_price=timedelta(days=1)),
            "stopped",
            "Stopped: 2 portfolios are frozen. The position is well inside its band, prices 1 day old.",
        ),
    ],
)
def test_the_sentence_says_the_worst_first(glance: Glance, state: str, sentence: str) -> None:
    assert (glance.state, glance.sentence()) == (state, sentence)
    assert (glance.alarm is None) == (state == "quiet")
    assert sentence.startswith(f"{glance.alarm or 'All quiet.'} ")


@pytest.mark.parametrize(
    ("price", "near"),
    [
        ("100", False),
        ("102.4", False),
        ("102.41", True),
        ("103", True),
        ("110", True),
        ("97.59", True),
        ("98", False),
    ],
)
def test_near_is_the_last_fifth_of_the_way_to_an_edge(price: str, near: bool) -> None:
    assert is_near(Decimal(price), Decimal(100), BAND) is near
