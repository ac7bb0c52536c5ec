"""One evaluation: what it reads, what is worth keeping, and what is only counted (DOMAIN §2)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain import balancing
from domain.events import rfc3339
from domain.freshness import Hours, Stretch
from domain.portfolio.events import PortfolioFrozen
from domain.position import booking, ordering
from domain.position.evaluate import Circumstances, Evaluation, evaluate
from domain.position.events import OrderIntended, Skipped
from domain.position.state import Position
from domain.quote import Quote
from domain.settings import SettingsChange
from stories import (
    ALLOCATED,
    AT,
    OPENED,
    ORDER_ID,
    PORTFOLIO_ID,
    POSITION_ID,
    SENT,
    a_portfolio,
    a_quote,
    circumstances,
    fill,
    latest,
    position,
)

EXAMPLE = position.given(OPENED, ALLOCATED).state


def evaluated(around: Circumstances, state: Position = EXAMPLE) -> Evaluation:
    """The example position, decided."""
    return evaluate(state, a_portfolio(), around, ORDER_ID)


def skipped_before(around: Circumstances, state: Position = EXAMPLE) -> Position:
    """The position after a skip that was kept."""
    event = evaluated(around, state).event
    assert isinstance(event, Skipped)
    return position.evolve(state, event)


def test_a_trade_is_kept_with_everything_that_justified_it() -> None:
    """Deciding again from the stored inputs gives the stored outputs, and the key names the decision."""
    event = evaluated(circumstances(a_quote("97.00"))).event
    assert isinstance(event, OrderIntended)
    assert (event.side, event.quantity, event.rule) == ("BUY", Decimal(52), balancing.ENGINE)
    assert balancing.ENGINES[event.rule](event.inputs) == event.outputs
    assert event.client_order_id == f"{POSITION_ID}|{rfc3339(AT)}|BUY"
    assert event.sentence().startswith("Decided to buy 52 KO at 97.00")


def test_a_hold_is_only_counted() -> None:
    """Inside the band, paused, stale or without a price: nothing is stored."""
    old = a_quote("97.00", AT - timedelta(minutes=31))
    paused = replace(EXAMPLE, status="paused")
    answers = [
        evaluated(circumstances(a_quote("97.01"))),
        evaluated(circumstances(a_quote("97.00")), paused),
        evaluated(circumstances(old)),
        evaluated(circumstances(None)),
        evaluated(circumstances(a_quote("0"))),
        evaluated(circumstances(Quote(last=Decimal(-5), mid=Decimal(0), as_of=AT))),
    ]
    reasons = ["within_band", "paused", "stale_price", "no_price", "no_price", "no_price"]
    assert [each.decision.reason for each in answers] == reasons
    assert [each.event for each in answers] == [None] * 6


def test_a_skip_is_kept_once_per_session() -> None:
    """The same side and reason again is counted; another day, side or reason is kept."""
    closed = circumstances(a_quote("97.00"), is_open=False)
    state = skipped_before(closed)
    assert evaluated(closed, state).event is None
    assert evaluated(circumstances(a_quote("96.00"), is_open=False), state).event is None
    tomorrow = circumstances(a_quote("97.00"), is_open=False, day=date(2026, 11, 21))
    other_side = circumstances(a_quote("103.00"), is_open=False)
    other_reason = circumstances(a_quote("97.00"), reconciled=False)
    for around in (tomorrow, other_side, other_reason):
        assert isinstance(evaluated(around, state).event, Skipped)


def test_a_frozen_portfolio_skips_and_says_so() -> None:
    """An explicit evaluation of it is answered and kept."""
    frozen = a_portfolio(PortfolioFrozen(portfolio_id=PORTFOLIO_ID, currency="USD", reason="a jump"))
    event = evaluate(EXAMPLE, frozen, circumstances(a_quote("97.00")), ORDER_ID).event
    assert isinstance(event, Skipped)
    assert event.outputs.reason == "frozen"


def test_prices_go_stale_later_when_the_market_rests() -> None:
    """Half an hour in session, three days outside it and for closes; the last instant still counts."""
    half_hour, days = timedelta(minutes=30), timedelta(days=3)
    after_hours = SettingsChange(after_hours=True)
    tick = timedelta(microseconds=1)
    for age, is_open, is_close, usable in [
        (half_hour, True, False, True),
        (half_hour + tick, True, False, False),
        (half_hour + tick, True, True, True),
        (days, False, False, True),
        (days + tick, False, False, False),
        (days + tick, True, True, False),
    ]:
        around = circumstances(
            a_quote("97.00", AT - age), is_open=is_open, is_close=is_close, settings=after_hours
        )
        assert (evaluated(around).decision.reason is None) is usable, (age, is_open, is_close)


def test_the_daily_limit_counts_orders_that_reached_the_broker() -> None:
    """The fifth order of a trading day is the last, and the next day begins anew."""
    state = position.given(*SENT).state
    for number in range(2, 7):
        for ended in booking.book(state, latest(state), fill("52", "97", f"x{number}")):
            state = position.evolve(state, ended)
        state = replace(state, anchor=Decimal(100), cash=Decimal(10_000), shares=Decimal(100))
        at = AT + timedelta(minutes=number)
        event = evaluate(
            state, a_portfolio(), circumstances(a_quote("97.00", at), at), UUID(int=number)
        ).event
        if number == 6:
            assert isinstance(event, Skipped)
            assert event.outputs.reason == "daily_limit"
            tomorrow = circumstances(a_quote("97.00", at), at, day=date(2026, 11, 21))
            assert isinstance(evaluate(state, a_portfolio(), tomorrow, ORDER_ID).event, OrderIntended)
            return
        assert isinstance(event, OrderIntended)
        state = position.evolve(state, event)
        for submitted in ordering.submit(state, latest(state), "paper", "p"):
            state = position.evolve(state, submitted)


def test_an_open_order_is_not_doubled() -> None:
    """Intended or out, one order at a time."""
    for events in (SENT[:3], SENT):
        decision = evaluated(circumstances(a_quote("90.00")), position.given(*events).state).decision
        assert (decision.outcome, decision.reason) == ("skip", "duplicate")


@pytest.mark.parametrize(
    ("cadence", "reason"), [("tick", "stale_price"), ("minute", "stale_price"), ("close", None)]
)
def test_yesterdays_close_is_no_price_of_a_session_that_has_opened_since(
    cadence: Any, reason: str | None
) -> None:
    """But for who decides on closes, which come when they come."""
    morning = Hours(open_since=AT - timedelta(hours=1))
    settings = SettingsChange(cadence=cadence)
    around = circumstances(
        a_quote("97.00", AT - timedelta(hours=18)), is_close=True, settings=settings, hours=morning
    )
    assert evaluated(around).decision.reason == reason


def test_a_close_decides_in_the_evening_and_before_the_open() -> None:
    """No other session has begun."""
    around = circumstances(a_quote("97.00", AT - timedelta(hours=18)), is_close=True)
    assert evaluated(around).decision.outcome == "trade"


def test_a_price_from_before_the_open_is_stale_in_the_session_like_any_other() -> None:
    """Decided for its own time, out of session, but the clock is in one."""
    quote, morning = a_quote("97.00", AT - timedelta(hours=2)), Hours(open_since=AT - timedelta(hours=1))
    after_hours = SettingsChange(after_hours=True)
    around = circumstances(quote, quote.as_of, now=AT, is_open=False, settings=after_hours)
    assert evaluated(around).decision.outcome == "trade"
    assert evaluated(replace(around, hours=morning)).decision.reason == "stale_price"


def test_a_close_lasts_over_days_on_which_nothing_trades() -> None:
    """Four days old, two of them a weekend."""
    weekend = Hours(closed=[Stretch(AT - timedelta(days=3), AT - timedelta(days=1))])
    quote = a_quote("97.00", AT - timedelta(days=4))
    assert evaluated(circumstances(quote, is_close=True)).decision.reason == "stale_price"
    assert evaluated(circumstances(quote, is_close=True, hours=weekend)).decision.outcome == "trade"
