"""Once an hour, and only when something has happened since."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from application.audit.keep_heads import KeepHeads
from domain.audit.chain import End, Head

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class InMemory:
    """Heads that are kept for as long as the test lasts."""

    def __init__(self) -> None:
        self.kept: list[Head] = []

    def latest(self) -> Head | None:
        return self.kept[-1] if self.kept else None

    def all(self) -> Sequence[Head]:
        return self.kept

    def keep(self, head: Head) -> None:
        self.kept.append(head)


def numbers(*looks: tuple[float, int]) -> list[int]:
    """The heads that are kept when, so many hours after noon, the chain ends at these events."""
    heads = InMemory()
    for hours, number in looks:
        end = End(number, bytes(32)) if number else None
        KeepHeads(heads, lambda end=end: end, lambda hours=hours: NOON + timedelta(hours=hours))()  # type: ignore[misc]
    return [each.number for each in heads.kept]


def test_the_first_head_is_kept_at_once() -> None:
    assert numbers((0, 7)) == [7]


def test_nothing_is_kept_of_an_empty_log() -> None:
    assert numbers((0, 0), (2, 0)) == []


def test_within_the_hour_nothing_more_is_kept() -> None:
    assert numbers((0, 7), (0.99, 9), (1, 12), (1.5, 13)) == [7, 12]


def test_an_hour_in_which_nothing_happened_needs_no_head() -> None:
    assert numbers((0, 7), (1, 7), (2, 7), (3, 8)) == [7, 8]


def test_a_clock_that_was_set_back_keeps_nothing_from_being_kept() -> None:
    assert numbers((5, 7), (0, 9)) == [7, 9]
