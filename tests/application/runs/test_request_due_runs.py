"""Every slot has one run: whoever asks, however often, whatever was missed, and wherever the clock has been."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.scheduling import Scheduling
from api.wiring import House
from application.ledger import Transaction
from domain.portfolio.events import SchedulesSet, StandingSchedule
from domain.portfolio.schedules import set_schedules
from domain.runs.due import HORIZON, SLOTS_MAX, Standing
from domain.runs.kinds import PortfolioKind
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example

from .asked_runs import Doing, ended, executing

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGAN = IN_SESSION.replace(minute=0)


class Times:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(house: House) -> Times:
    """The house's clock."""
    times = Times(BEGAN)
    house.clock = house.ledger.clock = times
    return times


@pytest.fixture
def opened(house: House, clock: Times) -> Opened:
    """A portfolio without schedules."""
    return open_example(house)


def schedule(
    house: House, portfolio_id: UUID, *crons: str, kind: PortfolioKind = "price_refresh", enabled: bool = True
) -> None:
    """Give the portfolio one schedule, in UTC; whether the house can do its kind does not matter."""

    def decide(transaction: Transaction) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        wanted = [
            StandingSchedule(kind=kind, cron=cron, time_zone="UTC", enabled=enabled, since=BEGAN).wanted
            for cron in crons
        ]
        transaction.append(stream, set_schedules(portfolio, wanted, transaction.now))

    house.ledger.transact(by_hand(house), decide)


def asked(house: House) -> list[dict[str, Any]]:
    """The runs that there are, in the order of their slots."""
    with house.pool.connection() as connection:
        return connection.execute(
            "select run_id, portfolio_id, kind, slot, as_of, trigger, status, summary from runs"
            " join runs_progress using (run_id) order by slot, kind"
        ).fetchall()


def slots(house: House) -> list[datetime]:
    """The slots that have a run, each as often as it has one."""
    return [row["slot"] for row in asked(house)]


def test_a_slot_has_its_run_from_its_moment_on(house: House, clock: Times, opened: Opened) -> None:
    schedule(house, opened.portfolio_id, "30 * * * *")
    clock.now = BEGAN + HOUR / 2 - timedelta(microseconds=1)
    assert house.request_due_runs() == 0
    clock.now = BEGAN + HOUR / 2
    assert [house.request_due_runs(), house.request_due_runs()] == [1, 0]
    [run] = asked(house)
    assert (run["slot"], run["as_of"], run["trigger"], run["status"]) == (
        clock.now,
        clock.now,
        "schedule",
        "queued",
    )
    recorded = house.log.newest(run["run_id"], "run.requested.1")
    assert recorded is not None
    assert (recorded.metadata.actor, recorded.metadata.run_id) == ("ballast:schedules", run["run_id"])


@dataclass
class Counted:
    """The house's schedules; remembers when they were read."""

    house: House
    read: list[datetime] = field(default_factory=list)

    def changed(self) -> int:
        """See application.ports.Schedules."""
        return self.house.schedules.changed()

    def standing(self, now: datetime) -> Sequence[Standing]:
        """See application.ports.Schedules."""
        self.read.append(now)
        return self.house.schedules.standing(now)


def test_schedules_are_read_when_one_is_due_or_changes(house: House, clock: Times, opened: Opened) -> None:
    """Thousands are not read every second, and none is late by that: no new one, and none when a clock is set back."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    request = replace(house.request_due_runs, schedules=(counted := Counted(house)))
    second = timedelta(seconds=1)
    looks = [BEGAN + 58 * second, BEGAN + 59 * second, BEGAN + 62 * second, BEGAN + 117 * second]
    looks += [BEGAN + HOUR - second, BEGAN + HOUR, BEGAN + HOUR + second, BEGAN + HOUR - second]
    found = []
    for clock.now in looks:
        found.append(request())
    assert found == [0, 0, 0, 0, 0, 1, 0, 0]
    assert counted.read == [looks[0], *looks[4:6], looks[7]]
    schedule(house, opened.portfolio_id, "*/5 * * * *")
    assert request() == 0
    assert counted.read[4:] == [clock.now]
    clock.now = BEGAN + HOUR + 5 * 60 * second
    assert request() == 1


def test_what_was_missed_is_asked_for_once_on_recovery(house: House, clock: Times, opened: Opened) -> None:
    """Each slot of the time when nobody looked."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    clock.now = BEGAN + 2 * DAY + HOUR / 2
    assert house.request_due_runs() == 48
    assert slots(house) == [BEGAN + number * HOUR for number in range(1, 49)]
    assert house.request_due_runs() == 0


def test_any_number_of_schedulers_ask_once(
    house: House, clock: Times, opened: Opened, new_house: Callable[[], House]
) -> None:
    schedule(house, opened.portfolio_id, "*/20 * * * *")
    houses = [house, *(new_house() for _ in range(3))]
    for each in houses:
        each.ledger.clock = clock
    for hours in (1, 5, 30):
        clock.now = BEGAN + hours * HOUR
        with ThreadPoolExecutor(8) as schedulers:
            list(schedulers.map(lambda each: each.request_due_runs(), houses * 2))
        assert slots(house) == [BEGAN + number * HOUR / 3 for number in range(1, hours * 3 + 1)]


def test_what_was_missed_too_long_ago_is_one_run_that_did_nothing(
    house: House, clock: Times, opened: Opened
) -> None:
    schedule(house, opened.portfolio_id, "0 0 * * *")
    clock.now = BEGAN + HORIZON + 10 * DAY
    house.request_due_runs()
    first, *others = asked(house)
    assert first["status"] == "no_action"
    assert first["summary"].startswith("10 slots from ")
    assert {each["status"] for each in others} == {"queued"}
    assert len(others) == HORIZON.days
    assert others[0]["slot"] == first["slot"] + DAY
    assert house.request_due_runs() == 0


def test_a_dense_schedule_makes_up_for_a_thousand_slots(house: House, clock: Times, opened: Opened) -> None:
    schedule(house, opened.portfolio_id, "*/10 * * * *")
    clock.now = BEGAN + 8 * DAY
    house.request_due_runs()
    endings = [each["status"] for each in asked(house)]
    assert endings == ["no_action"] + ["queued"] * SLOTS_MAX


def test_a_changed_schedule_owes_nothing_of_the_time_before(
    house: House, clock: Times, opened: Opened
) -> None:
    schedule(house, opened.portfolio_id, "0 0 1 1 *")
    clock.now = BEGAN + 10 * HOUR + HOUR / 2
    schedule(house, opened.portfolio_id, "0 * * * *")
    assert house.request_due_runs() == 0
    clock.now += HOUR
    assert house.request_due_runs() == 1
    assert slots(house) == [BEGAN + 11 * HOUR]


def test_what_is_switched_off_or_taken_away_asks_for_nothing(
    house: House, clock: Times, opened: Opened
) -> None:
    schedule(house, opened.portfolio_id, "0 * * * *", enabled=False)
    clock.now = BEGAN + DAY
    assert house.request_due_runs() == 0
    schedule(house, opened.portfolio_id)
    clock.now = BEGAN + 2 * DAY
    assert house.request_due_runs() == 0


def test_a_clock_that_is_set_back_asks_for_nothing_twice(house: House, clock: Times, opened: Opened) -> None:
    """The hours that come again have their runs, and what follows gets its own."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    clock.now = BEGAN + 6 * HOUR
    assert house.request_due_runs() == 6
    for hour, news in ((3, 0), (4, 0), (5, 0), (6, 0), (7, 1), (8, 1)):
        clock.now = BEGAN + hour * HOUR + HOUR / 2
        assert house.request_due_runs() == news
    assert slots(house) == [BEGAN + number * HOUR for number in range(1, 9)]


def test_a_clock_that_was_a_day_ahead_costs_no_slot(house: House, clock: Times, opened: Opened) -> None:
    """Its slots have run early; a schedule that is changed after the clock was put right begins there and then."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    clock.now = BEGAN + DAY
    assert house.request_due_runs() == 24
    clock.now = BEGAN + HOUR / 2
    schedule(house, opened.portfolio_id, "15 * * * *")
    assert house.request_due_runs() == 0
    clock.now = BEGAN + 2 * HOUR
    assert house.request_due_runs() == 1
    assert len(slots(house)) == len({*slots(house)}) == 25


def test_a_step_ahead_that_is_taken_back_asks_for_nothing(house: House, clock: Times, opened: Opened) -> None:
    """The scheduler compares with a clock that nobody sets."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    passed = timedelta(0)
    scheduling = Scheduling(house, steady=lambda: passed)
    assert scheduling.look() == 0
    for minutes in (1, 2, 3):
        passed = timedelta(minutes=minutes)
        clock.now = BEGAN + DAY + passed
        assert scheduling.look() == 0
    passed = timedelta(minutes=4)
    clock.now = BEGAN + passed
    assert scheduling.look() == 0
    passed = HOUR
    clock.now = BEGAN + passed
    assert scheduling.look() == 1
    assert slots(house) == [BEGAN + HOUR]


def test_the_house_has_schedules_of_its_own_in_utc(
    house: House, new_house: Callable[[], House], clock: Times
) -> None:
    """From the first event on; a missed one is made up for, and after an update no more than a day is looked back."""
    keeper = new_house()
    keeper.house_schedules = {"backup": "15 2 * * *", "retention": "45 2 * * *"}
    keeper.ledger.clock = clock
    assert keeper.request_due_runs() == 0
    open_example(house)
    clock.now = BEGAN + 100 * DAY
    assert keeper.request_due_runs() == 2
    assert [(each["kind"], each["portfolio_id"]) for each in asked(house)] == [
        ("backup", None),
        ("retention", None),
    ]
    clock.now += 3 * DAY
    assert keeper.request_due_runs() == 6


def test_a_schedule_that_cannot_be_read_any_more_stops_no_other(
    house: House, clock: Times, opened: Opened
) -> None:
    """A zone may go out of the system's list."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    broken = open_example(house, symbol="PEP")

    def decide(transaction: Transaction) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, broken.portfolio_id)
        gone = StandingSchedule(
            kind="dividends", cron="0 * * * *", time_zone="Mars/Olympus", enabled=True, since=BEGAN
        )
        event = SchedulesSet(portfolio_id=portfolio.id, currency="USD", schedules=(gone,))
        transaction.append(stream, [event])

    house.ledger.transact(by_hand(house), decide)
    clock.now = BEGAN + HOUR
    assert house.request_due_runs() == 1


def test_of_missed_slots_that_do_the_same_the_latest_does_the_work(
    house: House, clock: Times, opened: Opened
) -> None:
    """Each has its run and its end; a provider is asked once."""
    schedule(house, opened.portfolio_id, "0 * * * *")
    clock.now = BEGAN + 5 * HOUR
    house.request_due_runs()
    execute = executing(house, work := Doing())
    for each in asked(house):
        execute(each["run_id"])
    assert [each.slot for each in work.done] == [clock.now]
    assert [ended(house, each["run_id"])[0] for each in asked(house)] == ["no_action"] * 4 + ["success"]


def test_a_missed_month_is_not_done_by_the_next(house: House, clock: Times, opened: Opened) -> None:
    """An allocation is about its own moment: each is carried out."""
    schedule(house, opened.portfolio_id, "0 12 * * MON", kind="weekly_review")
    clock.now = BEGAN + 21 * DAY
    house.request_due_runs()
    execute = replace(house.execute_run, works={"weekly_review": (work := Doing())})
    for each in asked(house):
        execute(each["run_id"])
    assert [each.as_of for each in work.done] == slots(house)
    assert len(work.done) == 3
