"""Dividends from announcement to payment, through the real log, prices and read models (DOMAIN §5)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from api.wiring import House
from application.evaluate_position import Question
from application.replay import Scenario
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.quote import Quote
from domain.refusals import Invalid
from domain.settings import SettingsChange
from example_action_events import seen
from examples import IN_SESSION, Opened, by_hand, eventually, open_example, tick
from projections.catalogue import BY_NAME
from projections.rebuild import Rebuild

from .actions_told import (
    EX_OPEN,
    PAY_OPEN,
    SECOND,
    another_listing,
    at_time,
    books,
    dividend,
    intended,
    names,
    open_beside,
    price,
    split,
    state,
)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in Friday's session; nothing runs but what a test calls."""
    return at_time(new_house(), IN_SESSION)


def test_the_drop_of_the_ex_date_fires_no_trigger(house: House) -> None:
    """Four dollars off a hundred are more than the band of three, and no reason to trade."""
    opened = open_example(house)
    dividend(house, opened)
    price(house, opened, "100.00", IN_SESSION)
    drained = price(house, opened, "96.00", EX_OPEN)
    assert seen(drained.ticks, drained.decided) == (1, 0)
    assert intended(house, opened) == []
    after = state(house, opened)
    assert seen(after.anchor, after.receivable, after.cash) == (96, 300, 10_000)


def test_the_new_band_is_what_the_next_prices_are_compared_with(house: House) -> None:
    """A fall of three per cent on the ex-dividend price does trade, within the very tick that settles."""
    opened = open_example(house)
    dividend(house, opened)
    assert price(house, opened, "93.13", EX_OPEN).decided == 0
    assert price(house, opened, "93.12", EX_OPEN + SECOND).kept == 1
    (order,) = intended(house, opened)
    assert seen(order.side, order.inputs.anchor, order.inputs.receivable) == ("BUY", 96, 300)


def test_a_price_from_before_the_open_is_compared_with_the_old_band(house: House) -> None:
    opened = open_example(house)
    dividend(house, opened)
    assert price(house, opened, "97.00", EX_OPEN - SECOND).decided == 1
    assert state(house, opened).anchor == 100


def test_a_price_that_comes_late_decides_nothing(house: House) -> None:
    """It is from before the open, and the dividend has been settled since."""
    opened = open_example(house)
    dividend(house, opened)
    at_time(house, EX_OPEN).settle_actions(opened.position_id)
    drained = price(house, opened, "100.00", EX_OPEN - SECOND)
    assert seen(drained.decided, drained.held) == (1, 1)
    assert intended(house, opened) == []


def test_without_any_price_it_is_settled_on_time_and_paid(running: House) -> None:
    """The sweep finds it, the worker does it."""
    opened = open_example(at_time(running, IN_SESSION))
    dividend(running, opened)
    assert running.settle_actions.waiting() == []
    at_time(running, EX_OPEN)
    eventually(lambda: state(running, opened).receivable == 300)
    assert state(running, opened).anchor == 96
    at_time(running, PAY_OPEN)
    eventually(lambda: state(running, opened).cash == 10_300)
    assert state(running, opened).receivable == 0
    assert books(running, opened.portfolio_id) == 0
    assert running.settle_actions.waiting() == []


def test_two_portfolios_and_a_replay_each_by_their_own_clock(house: House) -> None:
    """Live it is November and the dividend is due; the replay of October has not come to it, and then does."""
    opened = open_beside(house, another_listing(house))
    beside = open_beside(house, opened.listing_id, shares="7")
    begun = house.replay.begin(_a_replay(), tick(opened.listing_id, "100", IN_SESSION))
    dividend(house, opened)
    at_time(house, PAY_OPEN)
    assert sorted(house.settle_actions.waiting()) == sorted([opened.position_id, beside.position_id])
    price(house, opened, "96.00", PAY_OPEN)
    assert [state(house, each).cash for each in (opened, beside)] == [10_300, 10_021]
    replayed = Opened(opened.listing_id, begun.portfolio_id, begun.position_id)
    feed = str(begun.portfolio_id)
    price(house, replayed, "99.00", EX_OPEN - SECOND, feed=feed)
    assert state(house, replayed).anchor == 100
    price(house, replayed, "96.00", EX_OPEN, feed=feed)
    assert seen(state(house, replayed).anchor, state(house, replayed).cash) == (96, 10_000)
    price(house, replayed, "96.00", PAY_OPEN, feed=feed)
    assert seen(state(house, replayed).receivable, state(house, replayed).cash) == (0, 10_300)


def test_a_replay_s_batch_is_cut_at_the_ex_date(house: House) -> None:
    """All its prices are there at once; each is decided on the anchor of its time."""
    opened = open_beside(house, another_listing(house))
    begun = house.replay.begin(_a_replay(), tick(opened.listing_id, "100", IN_SESSION))
    replayed = Opened(opened.listing_id, begun.portfolio_id, begun.position_id)
    dividend(house, opened)
    feed = str(begun.portfolio_id)
    moments = [IN_SESSION + SECOND, EX_OPEN, EX_OPEN + SECOND, PAY_OPEN]
    values = ["98.00", "96.00", "95.00", "96.00"]
    house.ingest_prices([tick(opened.listing_id, *each) for each in zip(values, moments, strict=True)], feed)
    drains = [house.evaluate_ticks(feed, [opened.listing_id]) for _ in range(3)]
    assert [(each.ticks, each.decided, each.more) for each in drains] == [
        (1, 0, True),
        (2, 0, True),
        (1, 0, False),
    ]
    assert names(house, replayed)[-2:] == ["dividend_accrued", "dividend_paid"]


def test_many_at_once_settle_once(new_house: Callable[[], House]) -> None:
    """Ticks, sweeps and questions in several processes: one accrual, one payment."""
    houses = [at_time(new_house(), IN_SESSION) for _ in range(3)]
    opened = open_example(houses[0])
    dividend(houses[0], opened)
    for each in houses:
        at_time(each, PAY_OPEN)
    houses[0].ingest_prices([tick(opened.listing_id, "96.00", PAY_OPEN)])
    with ThreadPoolExecutor(6) as workers:
        settling = [workers.submit(each.settle_actions, opened.position_id) for each in houses * 2]
        deciding = [workers.submit(each.evaluate_ticks, LIVE_FEED, [opened.listing_id]) for each in houses]
        for settled in settling:
            settled.result()
        for decided in deciding:
            decided.result()
    assert names(houses[0], opened).count("dividend_accrued") == 1
    assert names(houses[0], opened).count("dividend_paid") == 1
    assert state(houses[0], opened).cash == 10_300


def test_announced_late_it_counts_the_shares_of_the_close_before(house: House) -> None:
    """52 were bought at the ex-date's open: the dividend is for 100, and the fill had it off its price."""
    opened = open_example(house)
    price(house, opened, "97.00", EX_OPEN)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    assert seen(state(house, opened).shares, state(house, opened).anchor) == (152, 97)
    at_time(house, EX_OPEN + timedelta(days=1))
    dividend(house, opened)
    house.settle_actions(opened.position_id)
    after = state(house, opened)
    assert seen(after.receivable, after.anchor) == (300, 97)


def test_announced_late_it_counts_what_was_bought_before(house: House) -> None:
    opened = open_example(house)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    at_time(house, EX_OPEN + timedelta(days=1))
    dividend(house, opened)
    house.settle_actions(opened.position_id)
    after = state(house, opened)
    assert seen(after.receivable, after.anchor) == (Decimal(152 * 3), 93)


def test_who_came_after_the_ex_date_gets_nothing(house: House) -> None:
    """And nobody waits for it, however often it is looked at."""
    opened = open_example(house)
    dividend(house, opened)
    at_time(house, EX_OPEN)
    house.settle_actions(opened.position_id)
    late = open_beside(house, opened.listing_id)
    assert house.settle_actions.waiting() == []
    house.settle_actions(late.position_id)
    assert seen(state(house, late).anchor, state(house, late).receivable) == (100, 0)


def test_a_dry_run_decides_on_the_adjusted_position_and_keeps_nothing(house: House) -> None:
    opened = open_example(house)
    dividend(house, opened)
    at_time(house, EX_OPEN)
    before = names(house, opened)
    quote = Quote(last=Decimal("96.00"), as_of=EX_OPEN)
    question = Question(opened.position_id, quote, EX_OPEN, dry_run=True)
    answer = house.evaluate_position(by_hand(house), question).answer
    assert seen(answer.decision.outcome, answer.decision.reason) == ("hold", "within_band")
    assert names(house, opened) == before
    asked = house.evaluate_position(by_hand(house), Question(opened.position_id, quote, EX_OPEN)).answer
    assert asked.decision.reason == "within_band"
    assert names(house, opened) == [*before, "dividend_accrued"]


def test_pence_of_dividend_in_a_listing_quoted_in_pence(house: House) -> None:
    """12.5 p a share of 8412.5 p: 9.38 pounds after tax on 100 shares."""
    listing_id = another_listing(house, "VOD", exchange="XLON", currency="GBP", quote_unit="GBX")
    opened = open_beside(house, listing_id, anchor="8412.5", currency="GBP")
    told = dividend(house, opened, "0.125")
    at_time(house, told.action.effective_at)
    house.settle_actions(opened.position_id)
    after = state(house, opened)
    assert seen(after.anchor, after.receivable) == (8400, Decimal("9.38"))
    assert books(house, opened.portfolio_id) == 0


def test_a_dividend_and_a_split_of_one_day_come_in_this_order(house: House) -> None:
    opened = open_example(house)
    split(house, opened)
    dividend(house, opened)
    at_time(house, EX_OPEN)
    house.settle_actions(opened.position_id)
    assert names(house, opened)[-2:] == ["dividend_accrued", "split_applied"]
    assert seen(state(house, opened).anchor, state(house, opened).shares) == (Decimal("9.6"), 1000)


def test_a_date_that_is_no_session_takes_effect_at_the_next_open(house: House) -> None:
    """The Saturday before."""
    opened = open_example(house)
    assert dividend(house, opened, ex_date=date(2026, 11, 21)).action.effective_at == EX_OPEN


def test_a_date_beyond_the_calendar_is_refused_by_its_field(house: House) -> None:
    opened = open_example(house)
    with pytest.raises(Invalid) as refused:
        dividend(house, opened, pay_date=date(2199, 1, 2))
    assert refused.value.field == "pay_date"


def test_read_models_say_the_same_when_they_are_rebuilt(house: House) -> None:
    opened = open_example(house)
    dividend(house, opened)
    split(house, opened)
    at_time(house, PAY_OPEN).settle_actions(opened.position_id)
    models = [BY_NAME[name] for name in ("actions", "positions", "journal", "cash", "holdings")]
    with house.pool.connection() as connection:
        assert all(
            each.equal for each in Rebuild(connection, house.log, models).run(lambda step, done, total: None)
        )


def _a_replay() -> Scenario:
    return Scenario(
        symbol="PEP",
        exchange="XNYS",
        currency="USD",
        quote_unit="USD",
        lot=Decimal(1),
        cash=Decimal(10_000),
        shares=Decimal(100),
        settings=SettingsChange(),
        broker=BrokerChoice(),
        source=str(UUID(int=1)),
    )
