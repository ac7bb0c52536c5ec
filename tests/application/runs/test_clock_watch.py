"""A clock that is put ahead and back again asks for nothing; one that was wrong and is put right is believed."""

from datetime import timedelta

from application.runs.clock_watch import LASTING, STEP, ClockWatch
from examples import IN_SESSION

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def watched(*looks: tuple[timedelta, timedelta]) -> list[bool]:
    """What it says of looks at (how far the clock is, how far the steady one)."""
    watch = ClockWatch()
    return [watch.believes(IN_SESSION + clock, steady) for clock, steady in looks]


def together(*moments: timedelta) -> list[tuple[timedelta, timedelta]]:
    """Looks at clocks that agree."""
    return [(moment, moment) for moment in moments]


def test_clocks_that_run_on_together_are_believed() -> None:
    """However long nobody looked, and although one drifts."""
    assert watched(*together(0 * SECOND, SECOND, 100 * DAY)) == [True] * 3
    drifting = [(number * (SECOND + STEP / 2), number * SECOND) for number in range(50)]
    assert watched(*drifting) == [True] * 50


def test_a_step_forward_is_doubted_until_it_has_lasted() -> None:
    ahead = [(DAY + each, each) for each in (SECOND, LASTING, LASTING + SECOND, LASTING + 2 * SECOND)]
    assert watched((0 * SECOND, 0 * SECOND), *ahead) == [True, False, False, True, True]


def test_a_step_forward_that_is_taken_back_was_never_believed() -> None:
    """And the next one is doubted as long as the first."""
    ahead = [(DAY + each, each) for each in (SECOND, LASTING)]
    back = together(LASTING + SECOND)
    again = [(DAY + each, each) for each in (LASTING + 2 * SECOND, 2 * LASTING)]
    assert watched(*together(0 * SECOND), *ahead, *back, *again) == [True, False, False, True, False, False]


def test_a_step_back_is_believed_at_once() -> None:
    """What comes again has its runs. Coming back from there is a step forward like any other."""
    assert watched((0 * SECOND, 0 * SECOND), (-DAY, SECOND), (2 * SECOND, 2 * SECOND)) == [True, True, False]
