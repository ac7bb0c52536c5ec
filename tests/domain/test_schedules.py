"""A portfolio's schedules: one a kind, all set at once, each since the moment when it became what it is."""

from datetime import timedelta
from typing import Any

import pytest

from domain.portfolio.events import PortfolioOpened, Schedule, SchedulesSet, StandingSchedule
from domain.portfolio.schedules import set_schedules
from domain.refusals import Conflict, InvalidFields
from stories import AT, FUNDED, PORTFOLIO_ID, PORTFOLIO_OPENED, a_portfolio, portfolio

LATER = AT + timedelta(days=1)
HOURLY: dict[str, Any] = {"kind": "price_refresh", "cron": "0 * * * *", "time_zone": "UTC", "enabled": True}
NIGHTLY: dict[str, Any] = {"kind": "dividends", "cron": "0 3 * * *", "time_zone": "UTC", "enabled": True}


def wanted(*schedules: dict[str, Any]) -> list[Schedule]:
    """What a person asks for."""
    return [Schedule(**each) for each in schedules]


def were_set(*schedules: dict[str, Any]) -> SchedulesSet:
    """What follows, at AT unless it says otherwise."""
    standing = tuple(StandingSchedule(**{"since": AT} | each) for each in schedules)
    return SchedulesSet(portfolio_id=PORTFOLIO_ID, currency="USD", schedules=standing)


OPEN = portfolio.given(PORTFOLIO_OPENED, FUNDED)


def test_they_are_set_all_at_once_in_the_order_of_their_kinds() -> None:
    after = OPEN.when(lambda state: set_schedules(state, wanted(HOURLY, NIGHTLY), AT))
    assert after.then(were_set(NIGHTLY, HOURLY)).state.schedules == were_set(NIGHTLY, HOURLY).schedules


def test_the_same_again_is_already_so() -> None:
    standing = portfolio.given(PORTFOLIO_OPENED, were_set(NIGHTLY, HOURLY))
    standing.when(lambda state: set_schedules(state, wanted(HOURLY, NIGHTLY), LATER)).then_nothing()


@pytest.mark.parametrize(
    "change", [{"cron": "30 * * * *"}, {"time_zone": "Europe/London"}, {"enabled": False}]
)
def test_one_that_is_changed_begins_anew_and_the_others_go_on(change: dict[str, Any]) -> None:
    """Else a changed expression would ask for slots of a time when it was not there."""
    standing = portfolio.given(PORTFOLIO_OPENED, were_set(NIGHTLY, HOURLY))
    changed = HOURLY | change
    standing.when(lambda state: set_schedules(state, wanted(NIGHTLY, changed), LATER)).then(
        were_set(NIGHTLY, changed | {"since": LATER})
    )


def test_what_was_off_owes_nothing_when_it_is_on_again() -> None:
    off = HOURLY | {"enabled": False}
    standing = portfolio.given(PORTFOLIO_OPENED, were_set(HOURLY), were_set(off | {"since": AT}))
    standing.when(lambda state: set_schedules(state, wanted(HOURLY), LATER)).then(
        were_set(HOURLY | {"since": LATER})
    )


def test_all_can_be_taken_away() -> None:
    standing = portfolio.given(PORTFOLIO_OPENED, were_set(HOURLY))
    standing.when(lambda state: set_schedules(state, [], LATER)).then(were_set())
    OPEN.when(lambda state: set_schedules(state, [], LATER)).then_nothing()


def test_a_kind_has_one_at_most() -> None:
    twice = wanted(HOURLY, NIGHTLY, HOURLY | {"cron": "30 * * * *"})
    with pytest.raises(InvalidFields) as refused:
        set_schedules(a_portfolio(), twice, AT)
    assert list(refused.value.errors) == [("schedules[2].kind", "schedules[0] is of this kind already.")]


def test_a_replay_has_none() -> None:
    replay = PortfolioOpened(**PORTFOLIO_OPENED.model_dump() | {"clock": "replay"})
    portfolio.given(replay).when(lambda state: set_schedules(state, wanted(HOURLY), AT)).then_refused(
        Conflict, "A replay has no schedules"
    )
