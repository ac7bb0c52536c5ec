"""A small slice of ``make kills``: a few processes die in the middle of a replay; the books are the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kills.programs import events_in, wait_for
from kills.rounds import Round
from kills.run import Expected, disturbed, undisturbed

ROWS = 350
UNDER_WAY = 100


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """What the replay leaves behind in peace."""
    return undisturbed(tmp_path_factory.mktemp("kills"), rows=ROWS, seed=3)


@pytest.mark.parametrize(
    ("alone", "deaths"),
    [
        (True, (("redis", "postgres"), ("replay",))),
        (False, (("worker", "postgres"), ("redis", "replay"))),
    ],
    ids=["alone", "under-ballast-up"],
)
def test_what_is_killed_comes_back_and_nothing_is_lost_or_doubled(
    tmp_path: Path, expected: Expected, alone: bool, deaths: Sequence[Sequence[str]]
) -> None:
    """Events, books and summary are those of the undisturbed run, and a rebuild finds them right."""

    def disturb(round_: Round) -> int:
        wait_for(lambda: round_.over() or events_in(round_.data) > UNDER_WAY, "the replay getting under way")
        for names in deaths:
            assert not round_.over(), "the replay was over before enough could be killed; give it more rows"
            round_.kill(names)
        return len(deaths)

    assert disturbed(tmp_path, expected, disturb, alone=alone) == len(deaths)
