"""What a channel sends: one notification by itself, many as one message."""

from datetime import timedelta

import pytest

from domain.notifications.message import BY_THEMSELVES_MAX, LATE, LINES_MAX, Waiting, message_of, together
from domain.notifications.notification import Severity
from domain.notifications.tries import PAUSES, is_last, pause_after
from examples import IN_SESSION


def waiting(number: int, severity: Severity = "WARN", sentence: str | None = None) -> Waiting:
    return Waiting(severity, f"Title {number}", sentence or f"Sentence {number}.", "Example", IN_SESSION)


def test_one_says_what_it_is_about_and_when_it_was() -> None:
    message = message_of([waiting(1, "CRITICAL")])
    assert message.title == "Ballast: Title 1"
    assert message.body == "Example: Sentence 1. (2026-11-20 16:00 UTC)"
    assert message.severity == "CRITICAL"


def test_what_concerns_the_house_is_about_nobody() -> None:
    message = message_of([Waiting("WARN", "Title", "Sentence.", None, IN_SESSION)])
    assert message.body.startswith("Sentence.")


def test_many_are_one_message_as_grave_as_the_gravest() -> None:
    message = message_of([waiting(1, "INFO"), waiting(2, "CRITICAL"), waiting(3)])
    assert (message.title, message.severity) == ("Ballast: 3 notifications", "CRITICAL")
    assert [line.partition(".")[0] for line in message.body.split("\n")] == [
        "Example: Sentence 1", "Example: Sentence 2", "Example: Sentence 3",
    ]  # fmt: skip


@pytest.mark.parametrize("many", [LINES_MAX, LINES_MAX + 1, 500])
def test_very_many_are_counted_and_none_is_left_out_of_the_count(many: int) -> None:
    lines = message_of([waiting(number) for number in range(many)]).body.split("\n")
    assert len(lines) == LINES_MAX
    if many > LINES_MAX:
        assert lines[-1] == f"… and {many - LINES_MAX + 1} more; the feed has them all."


def test_a_long_sentence_is_whole_by_itself_and_short_among_others() -> None:
    long = waiting(1, sentence="x" * 1_000)
    assert "x" * 1_000 in message_of([long]).body
    assert len(message_of([long] * LINES_MAX).body) < LINES_MAX * 400


def test_a_few_go_one_by_one_and_more_or_late_ones_together() -> None:
    few = [waiting(number) for number in range(BY_THEMSELVES_MAX)]
    assert not together(few, IN_SESSION)
    assert together([*few, waiting(9)], IN_SESSION)
    assert not together(few, IN_SESSION + LATE)
    assert together(few, IN_SESSION + LATE + timedelta(seconds=1))


def test_a_message_is_tried_six_times_within_an_hour() -> None:
    assert [is_last(tries) for tries in range(1, 8)] == [False] * 5 + [True] * 2
    assert sum(PAUSES, timedelta()) == timedelta(hours=1)
    assert [pause_after(tries) for tries in (1, 5, 6, 60)] == [PAUSES[0], PAUSES[4], PAUSES[4], PAUSES[4]]
