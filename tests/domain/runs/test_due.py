"""What is due of a schedule: every slot of the last weeks, and further back one word for all of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.runs.due import COUNTED_MAX, HORIZON, SLOTS_MAX, due
from stories import AT


def every(step: timedelta, after: datetime) -> Iterator[datetime]:
    """Slots without an end."""
    while True:
        after += step
        yield after


def test_a_slot_is_due_from_its_own_moment_on() -> None:
    hourly = timedelta(hours=1)
    assert due(every(hourly, AT), AT + hourly - timedelta(microseconds=1)).slots == ()
    assert due(every(hourly, AT), AT + hourly).slots == (AT + hourly,)
    assert due(every(hourly, AT), AT + hourly).upcoming == AT + 2 * hourly


def test_each_missed_slot_is_due_in_its_order() -> None:
    """A monthly one that was missed three weeks ago is made up for."""
    week = timedelta(days=7)
    found = due(every(week, AT), AT + 4 * week)
    assert found.slots == tuple(AT + number * week for number in (1, 2, 3, 4))
    assert found.passed_over is None


def test_what_was_missed_too_long_ago_is_passed_over_in_one() -> None:
    day = timedelta(days=1)
    found = due(every(day, AT), AT + HORIZON + 10 * day)
    assert len(found.slots) == HORIZON.days + 1
    assert found.passed_over is not None
    assert (found.passed_over.count, found.passed_over.first) == (9, AT + day)
    assert found.passed_over.last + day == found.slots[0]
    assert found.passed_over.sentence() == (
        "9 slots from 2026-11-21 16:00 to 2026-11-29 16:00 UTC were missed too long ago and are passed over."
    )


def test_one_that_is_passed_over_is_named() -> None:
    found = due(every(HORIZON, AT), AT + 2 * HORIZON + timedelta(1))
    assert found.slots == (AT + 2 * HORIZON,)
    assert found.passed_over is not None
    assert found.passed_over.sentence() == (
        "The slot of 2026-12-25 16:00 UTC was missed too long ago and is passed over."
    )


@given(
    minutes=st.integers(1, 3000),
    missed=st.timedeltas(timedelta(0), timedelta(days=80)),
)
def test_every_slot_is_due_or_passed_over_and_never_both(minutes: int, missed: timedelta) -> None:
    """Looked at again and again, as a scheduler does: nothing is left out and nothing comes twice."""
    step, now = timedelta(minutes=minutes), AT + missed
    expected = missed // step
    after, counted = AT, 0
    while True:
        found = due(every(step, after), now)
        passed = found.passed_over
        if passed is not None:
            assert passed.first == after + step
            assert passed.last == after + passed.count * step
            after, counted = passed.last, counted + passed.count
        assert len(found.slots) <= SLOTS_MAX
        for slot in found.slots:
            assert slot == after + step
            after, counted = slot, counted + 1
        if not found.slots and passed is None:
            break
    assert counted == expected


def test_a_years_minutes_are_looked_at_in_several_goes() -> None:
    """None takes long, and each is a step further."""
    found = due(every(timedelta(minutes=1), AT), AT + timedelta(days=365))
    assert found.slots == ()
    assert found.passed_over is not None
    assert found.passed_over.count == COUNTED_MAX
