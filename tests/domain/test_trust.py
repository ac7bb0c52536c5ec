"""Whether the data can be trusted, in a sentence whose beginning is what is wrong."""

import pytest

from domain.watching.trust import Trust


@pytest.mark.parametrize(
    ("trust", "state", "alarm", "rest"),
    [
        (Trust(0, 0, 0), "quiet", None, "Nothing is watched yet."),
        (Trust(1, 0, 0), "quiet", None, "The price is fresh."),
        (Trust(3, 0, 0), "quiet", None, "Every listing has a fresh price."),
        (Trust(3, 1, 0), "look", "1 of 3 listings without a fresh price.", ""),
        (
            Trust(3, 0, 1),
            "stopped",
            "1 price was stopped and waits for you.",
            " Every listing has a fresh price.",
        ),
        (
            Trust(3, 2, 2),
            "stopped",
            "2 prices were stopped and wait for you.",
            " 2 of 3 listings without a fresh price.",
        ),
    ],
)
def test_what_is_wrong_comes_first_and_is_told_apart(
    trust: Trust, state: str, alarm: str | None, rest: str
) -> None:
    assert (trust.state, trust.alarm) == (state, alarm)
    assert trust.sentence() == f"{alarm or ''}{rest}"
