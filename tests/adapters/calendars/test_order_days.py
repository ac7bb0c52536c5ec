"""Orders are counted by the venue's day, not by UTC's (DOMAIN §1; §2 step 2, ``daily_limit``)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.position.evaluate import Circumstances, evaluate
from domain.position.events import OrderIntended, OrderSubmitted
from domain.position.state import Position
from domain.settings import SettingsChange, resolve
from stories import ALLOCATED, OPENED, ORDER_ID, PLACE, a_portfolio, a_quote, position

SESSIONS = ExchangeSessions()
INSTANT = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("exchange", "day", "begins", "ends"),
    [
        pytest.param("XTKS", "2024-05-07", "2024-05-06 15:00", "2024-05-07 15:00", id="Tokyo"),
        pytest.param("XNYS", "2024-03-10", "2024-03-10 05:00", "2024-03-11 04:00", id="New York in March"),
        pytest.param("XNYS", "2024-11-03", "2024-11-03 04:00", "2024-11-04 05:00", id="New York in November"),
        pytest.param("XLON", "2024-03-31", "2024-03-31 00:00", "2024-03-31 23:00", id="London in March"),
        pytest.param("XLON", "2024-10-27", "2024-10-26 23:00", "2024-10-28 00:00", id="London in October"),
        pytest.param("XASX", "2024-04-07", "2024-04-06 13:00", "2024-04-07 14:00", id="Sydney in April"),
        pytest.param("XASX", "2024-10-06", "2024-10-05 14:00", "2024-10-06 13:00", id="Sydney in October"),
        pytest.param(
            "XSGO", "2024-09-08", "2024-09-08 04:00", "2024-09-09 03:00", id="no midnight in Santiago"
        ),
        pytest.param("XSGO", "2024-04-06", "2024-04-06 03:00", "2024-04-07 04:00", id="an hour lived twice"),
    ],
)
def test_a_day_is_23_to_25_hours_of_the_venues_clock(exchange: str, day: str, begins: str, ends: str) -> None:
    assert SESSIONS.day_bounds(exchange, date.fromisoformat(day)) == (utc(begins), utc(ends))


def ordered(exchange: str, at: datetime) -> Position:
    """The example position on an exchange, after an order that was decided and sent at an instant."""
    opened = OPENED.model_copy(update={"exchange": exchange})
    before = position.given(opened, ALLOCATED).state
    around = circumstances(exchange, at)
    intended = evaluate(before, a_portfolio(), around, ORDER_ID).event
    assert isinstance(intended, OrderIntended)
    submitted = OrderSubmitted(
        **PLACE,
        order_id=ORDER_ID,
        client_order_id=intended.client_order_id,
        side=intended.side,
        broker="paper",
        account="paper",
        quantity=intended.quantity,
        trading_day=intended.inputs.trading_day,
    )
    return position.given(opened, ALLOCATED, intended, submitted).state


def circumstances(exchange: str, at: datetime) -> Circumstances:
    """Any hour will do, and nothing else stands against a trade."""
    return Circumstances(
        quote=a_quote("97.00", at),
        decided_at=at,
        now=at,
        session=SESSIONS.session_at(exchange, at),
        settings=resolve(SettingsChange(after_hours=True)),
    )


def test_half_past_eleven_at_night_in_utc_is_the_next_morning_in_tokyo() -> None:
    """08:30 on Friday the 20th: it counts with the session about to open, and no longer after midnight there."""
    sent = ordered("XTKS", utc("2026-11-19 23:30"))
    assert (sent.orders_on(date(2026, 11, 19)), sent.orders_on(date(2026, 11, 20))) == (0, 1)
    _, ends = SESSIONS.day_bounds("XTKS", date(2026, 11, 20))
    for at, orders in ((utc("2026-11-20 00:30"), 1), (ends - INSTANT, 1), (ends, 0)):
        seen = evaluate(sent, a_portfolio(), circumstances("XTKS", at), ORDER_ID)
        assert seen.inputs.orders_today == orders, at


def test_an_evening_in_new_york_still_counts_for_the_day_that_utc_has_left() -> None:
    """20:30 on Thursday the 19th in New York is half past one on Friday in UTC."""
    sent = ordered("XNYS", utc("2026-11-20 01:30"))
    assert (sent.orders_on(date(2026, 11, 19)), sent.orders_on(date(2026, 11, 20))) == (1, 0)


@pytest.mark.parametrize(
    ("exchange", "day"),
    [("XNYS", "2026-11-01"), ("XLON", "2026-03-29"), ("XASX", "2026-10-04"), ("XASX", "2026-04-05")],
)
def test_a_day_on_which_clocks_change_counts_from_its_first_instant_to_its_last(
    exchange: str, day: str
) -> None:
    on = date.fromisoformat(day)
    begins, ends = SESSIONS.day_bounds(exchange, on)
    counted = [ordered(exchange, at).orders_on(on) for at in (begins - INSTANT, begins, ends - INSTANT, ends)]
    assert counted == [0, 1, 1, 0]


def test_an_evening_of_futures_counts_for_the_session_that_has_opened() -> None:
    """Chicago's Friday opens at 17:00 on Thursday; its orders are Friday's before the calendar says so."""
    sent = ordered("CMES", utc("2026-11-19 23:30"))
    assert (sent.orders_on(date(2026, 11, 19)), sent.orders_on(date(2026, 11, 20))) == (0, 1)
