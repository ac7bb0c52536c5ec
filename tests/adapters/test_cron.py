"""When schedules fall due: on the clocks of their zone, and exactly once where those are put forward or back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.cron import CronExpressions

CRON = CronExpressions()
ZONES = [
    "UTC",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
]
"""With clocks that are put by an hour, by half an hour, at midnight, and over a whole day."""

TIMES = st.tuples(st.integers(0, 59), st.integers(0, 23)).map(lambda at: f"{at[0]} {at[1]} * * *")
EXPRESSIONS = TIMES | st.sampled_from(
    ["*/20 * * * *", "0 * * * *", "0,30 1,2 * * *", "15 2 * * 0", "0 0 1 * *", "30 */2 * * *", "59 23 L * *"]
)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3600)).map(
    lambda passed: datetime(2010, 1, 1, tzinfo=UTC) + passed
)


def local(cron: str, zone: str, after: str, count: int) -> list[str]:
    """The next slots as the zone's clocks show them."""
    clock = ZoneInfo(zone)
    slots = islice(CRON.slots(cron, zone, datetime.fromisoformat(after)), count)
    return [slot.astimezone(clock).isoformat(" ", "minutes") for slot in slots]


def test_a_time_of_day_that_does_not_exist_is_due_when_the_clock_has_been_put() -> None:
    """London, 29 March 2026: one o'clock is two o'clock."""
    assert local("30 1 * * *", "Europe/London", "2026-03-28T12:00Z", 2) == [
        "2026-03-29 02:00+01:00",
        "2026-03-30 01:30+01:00",
    ]


def test_two_times_that_do_not_exist_are_one() -> None:
    assert local("0,30 1 * * *", "Europe/London", "2026-03-28T12:00Z", 2) == [
        "2026-03-29 02:00+01:00",
        "2026-03-30 01:00+01:00",
    ]


def test_looked_at_again_a_schedule_has_the_same_slots() -> None:
    """The first one of a schedule is remembered from the first look."""
    told = [local("30 1 * * *", "Europe/London", "2026-10-23T12:00Z", count) for count in (3, 1, 3)]
    assert told[1:] == [told[0][:1], told[0]]
    assert told[0] == ["2026-10-24 01:30+01:00", "2026-10-25 01:30+01:00", "2026-10-26 01:30+00:00"]


@pytest.mark.parametrize("after", ["2026-10-25T00:30Z", "2026-10-25T00:45Z", "2026-10-25T01:15Z"])
def test_a_time_of_day_that_exists_twice_is_due_the_first_time_only(after: str) -> None:
    """London, 25 October 2026, wherever between both one begins to look."""
    assert local("30 1 * * *", "Europe/London", "2026-10-24T12:00Z", 1) == ["2026-10-25 01:30+01:00"]
    assert local("30 1 * * *", "Europe/London", after, 1) == ["2026-10-26 01:30+00:00"]


def test_every_so_many_minutes_follows_the_time_that_passes() -> None:
    """The hour that exists twice has its slots twice; the hour that does not exist has none."""
    twice = ["01:00+01:00", "01:30+01:00", "01:00+00:00", "01:30+00:00", "02:00+00:00"]
    assert local("*/30 * * * *", "Europe/London", "2026-10-24T23:45Z", 5) == [
        f"2026-10-25 {at}" for at in twice
    ]
    assert local("*/30 * * * *", "Europe/London", "2026-03-29T00:15Z", 3) == [
        "2026-03-29 00:30+00:00",
        "2026-03-29 02:00+01:00",
        "2026-03-29 02:30+01:00",
    ]


def test_a_day_that_does_not_exist_has_no_slot_of_its_own() -> None:
    """Samoa went from 29 to 31 December 2011."""
    assert local("0 0 * * *", "Pacific/Apia", "2011-12-28T12:00Z", 3) == [
        "2011-12-29 00:00-10:00",
        "2011-12-31 00:00+14:00",
        "2012-01-01 00:00+14:00",
    ]


@given(cron=TIMES, zone=st.sampled_from(ZONES), after=MOMENTS)
def test_a_time_of_day_is_due_once_on_every_day_that_there_is(cron: str, zone: str, after: datetime) -> None:
    """Over the next four hundred days, with every change of the clocks in them."""
    clock = ZoneInfo(zone)
    days = [slot.astimezone(clock).date() for slot in islice(CRON.slots(cron, zone, after), 400)]
    gone, next_day = date(2011, 12, 30), date(2011, 12, 31)
    if zone == "Pacific/Apia" and days[0] < gone < days[-1]:
        # Its own slot is due when the clock has been put, unless the day after begins with one.
        assert gone not in days
        days[days.index(next_day)] = gone
        days += [] if next_day in days else [next_day]
    assert sorted(days) == [days[0] + timedelta(days=number) for number in range(len(days))]


@given(cron=EXPRESSIONS, zone=st.sampled_from(ZONES), after=MOMENTS, hours=st.integers(0, 24 * 40))
def test_who_begins_to_look_later_finds_the_same_slots(
    cron: str, zone: str, after: datetime, hours: int
) -> None:
    """They come in their order, each once, and none that is over: a scheduler may begin anywhere."""
    later = after + timedelta(hours=hours, minutes=hours % 60)
    until = later + timedelta(days=2)
    walked = list(_until(CRON.slots(cron, zone, after), until))
    assert walked == sorted(set(walked))
    assert all(slot > after for slot in walked)
    assert [slot for slot in walked if slot > later] == list(_until(CRON.slots(cron, zone, later), until))


@pytest.mark.parametrize(
    ("cron", "saying"),
    [
        ("* * * *", "has five fields: minute, hour"),
        ("* * * * * *", "has five fields"),
        ("", "has five fields"),
        ("61 * * * *", "'61 * * * *' has a bad minute;"),
        ("0 24 * * *", "bad hour"),
        ("0 0 30 2 *", "bad day-of-month"),
        ("0 0 * FOO *", "bad month"),
        ("0 0 * * 8", "bad day-of-week"),
        ("*/0 * * * *", "bad minute"),
    ],
)
def test_what_is_no_expression_is_said_in_words(cron: str, saying: str) -> None:
    problems = CRON.problems(cron, "Europe/London")
    assert list(problems) == ["cron"]
    assert saying in problems["cron"]
    with pytest.raises(ValueError, match="field"):
        next(CRON.slots(cron, "Europe/London", datetime.now(UTC)))


@pytest.mark.parametrize("zone", ["europe/london", "Mars/Olympus", "", "../UTC", "CEST"])
def test_what_is_no_zone_is_said_in_words(zone: str) -> None:
    assert "is no time zone" in CRON.problems("0 9 * * *", zone)["time_zone"]


@pytest.mark.parametrize("cron", ["0 9 * * MON-FRI", "0 9 L * *", "0 9 * * FRI#3", "*/5 8-16 * * 1-5"])
def test_what_people_write_is_understood(cron: str) -> None:
    assert CRON.problems(cron, "Europe/London") == {}


def _until(slots: Iterator[datetime], end: datetime) -> Iterator[datetime]:
    return takewhile(lambda slot: slot <= end, slots)
