"""The daily-loss brake at work: before anything is decided, once a day unless it goes on, and as the past had it."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios, positions
from application.evaluate_position import Question
from application.evaluate_ticks import Drained
from application.replay import Scenario
from domain.brake.assess import assess
from domain.events import Recorded
from domain.portfolio.events import BrokerChoice, DailyLossExceeded, PortfolioFrozen
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.position.state import Position
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO, POSITION
from examples import IN_SESSION, Opened, by_hand, open_example, tick
from projections import alerts

WEDNESDAY = IN_SESSION - timedelta(days=2)
CLOSE = datetime(2026, 11, 19, 21, 0, tzinfo=UTC)
MONDAY = IN_SESSION + timedelta(days=3)
LIMIT = SettingsChange(max_daily_loss_pct=Decimal(5))
WIDE = SettingsChange(tau=Decimal("0.5"))


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house on Wednesday; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: WEDNESDAY
    return made


def opened(house: House, limit: SettingsChange = LIMIT, **others: Any) -> Opened:
    """On Wednesday: 100 shares and 10 000 in cash, worth 20 000 at Thursday's close."""
    made = open_example(house, **others)
    portfolios.move_cash(house.ledger, by_hand(house), made.portfolio_id, "withdrawal", Decimal(990_000))
    portfolios.amend(house.ledger, by_hand(house), made.portfolio_id, None, limit, house.positions_of)
    priced(house, made, "100", CLOSE, is_close=True)
    return made


def priced(house: House, made: Opened, price: str, at: datetime = IN_SESSION, **others: Any) -> None:
    """A price comes at a moment; nobody has decided on it yet."""
    house.ledger.clock = lambda: at
    house.ingest_prices([replace(tick(made.listing_id, price, at), **others)])


def decided(house: House, made: Opened, price: str, at: datetime = IN_SESSION) -> Drained:
    """A price comes and is decided on."""
    priced(house, made, price, at)
    return house.evaluate_ticks(LIVE_FEED, [made.listing_id])


def portfolio(house: House, made: Opened) -> Portfolio:
    """The portfolio as it stands."""
    found = house.ledger.load(PORTFOLIO, made.portfolio_id).state
    assert found is not None
    return found


def position(house: House, made: Opened) -> Position:
    """The position as it stands."""
    found = house.ledger.load(POSITION, made.position_id).state
    assert found is not None
    return found


def losses(house: House, made: Opened) -> list[Recorded]:
    """The losses that were too much."""
    return house.log.events_of(made.portfolio_id, [DailyLossExceeded.name])


def lift(house: House, made: Opened, at: datetime) -> None:
    """A person has seen it."""
    house.ledger.clock = lambda: at
    portfolios.unfreeze(house.ledger, by_hand(house), made.portfolio_id, "I have looked")


def open_alerts(house: House, made: Opened) -> list[tuple[str, str]]:
    """The rules and severities that a person is called for."""
    with house.pool.connection() as connection:
        found = alerts.page(connection, "local", portfolio_id=made.portfolio_id, is_open=True)
    return [(each["rule"], each["severity"]) for each in found]


def test_it_stops_before_the_price_that_breaches_it_is_decided(house: House) -> None:
    """At 89 the rule would buy; the portfolio stands still, and a person is called with the numbers."""
    made = opened(house)

    drained = decided(house, made, "89")

    assert (drained.ticks, drained.decided, position(house, made).order) == (1, 0, None)
    assert portfolio(house, made).frozen_because == (
        "Since the previous close it has lost 1100.00 USD, deposits and withdrawals left aside. That is 5.5 % of"
        " 20000.00 USD; more than 5 % stops it."
    )
    assert open_alerts(house, made) == [("daily_loss", "CRITICAL")]


def test_the_numbers_come_first_then_the_freeze_then_the_alert(house: House) -> None:
    """In one append, and the numbers say the same again."""
    made = opened(house)
    decided(house, made, "89")

    with house.pool.connection() as connection:
        happened = house.log.read(connection, 0, 1000)[-3:]

    assert [each.event.name for each in happened] == [
        "portfolio.daily_loss_exceeded.1",
        "portfolio.frozen.1",
        "alert.raised.1",
    ]
    assert len({each.metadata.run_id for each in happened}) == 1
    loss = happened[0].event
    assert isinstance(loss, DailyLossExceeded)
    again = assess(loss.inputs)
    assert (again.loss, again.base, again.loss_pct, again.exceeded) == (
        loss.loss,
        loss.base,
        loss.loss_pct,
        True,
    )


def test_a_loss_at_the_limit_and_a_portfolio_without_one_go_on(house: House) -> None:
    at_it, without = opened(house), opened(house, SettingsChange(), symbol="PEP")

    assert decided(house, at_it, "90").kept == 1
    assert decided(house, without, "70").kept == 1
    assert not portfolio(house, at_it).frozen
    assert not portfolio(house, without).frozen


def test_a_price_that_moves_nobody_stops_all_the_same(house: House) -> None:
    """Inside every band: the tick is quiet."""
    made = opened(house, settings=WIDE)

    drained = decided(house, made, "89")

    assert (drained.quiet, portfolio(house, made).frozen) == (1, True)


def test_nothing_else_of_the_portfolio_is_decided_in_the_same_batch(house: House) -> None:
    """What its other listing would have bought, it does not."""
    made = opened(house, settings=WIDE)
    other = house.ledger.new_id()
    pep = open_example(house, symbol="PEP")
    positions.open_position(
        house.ledger, by_hand(house), other, portfolio_id=made.portfolio_id, listing_id=pep.listing_id,
        cash=Decimal(0), shares=Decimal(10), anchor=Decimal(100), settings=SettingsChange(),
    )  # fmt: skip
    priced(house, pep, "103")
    priced(house, made, "85")

    house.evaluate_ticks(LIVE_FEED, [pep.listing_id, made.listing_id])

    assert portfolio(house, made).frozen
    assert position(house, replace(made, position_id=other)).order is None
    assert position(house, pep).order is not None


@pytest.mark.parametrize("ended", [positions.pause, positions.close])
def test_what_no_rule_decides_counts_too(house: House, ended: Callable[..., Any]) -> None:
    """The shares of a position that is paused, or that was closed, are the portfolio's."""
    made = opened(house)
    ended(house.ledger, by_hand(house), made.position_id)

    decided(house, made, "89")

    assert portfolio(house, made).frozen


def test_a_limit_on_a_position_is_the_portfolios(house: House) -> None:
    """The strictest counts: nobody who has set one is without."""
    made = opened(house, SettingsChange(max_daily_loss_pct=Decimal(50)), settings=LIMIT)

    decided(house, made, "89")

    assert portfolio(house, made).frozen


def test_money_that_came_and_went_is_neither_loss_nor_gain(house: House) -> None:
    hidden, drained = opened(house), opened(house, symbol="PEP")
    house.ledger.clock = lambda: IN_SESSION
    cause = by_hand(house)
    portfolios.move_cash(house.ledger, cause, hidden.portfolio_id, "deposit", Decimal(15_000))
    positions.return_cash(house.ledger, cause, drained.position_id, Decimal(9_000))
    portfolios.move_cash(house.ledger, cause, drained.portfolio_id, "withdrawal", Decimal(9_000))

    decided(house, hidden, "89")
    decided(house, drained, "91")

    assert (portfolio(house, hidden).frozen, portfolio(house, drained).frozen) == (True, False)


def test_a_portfolio_of_today_is_measured_by_what_came_in(house: House) -> None:
    """A position that was opened this morning has its prices before that, and its shares came at the last of them."""
    house.ledger.clock = lambda: IN_SESSION - timedelta(hours=1)
    listing = open_example(house)
    priced(house, listing, "100", CLOSE, is_close=True)
    priced(house, listing, "95", IN_SESSION - timedelta(hours=1))
    house.ledger.clock = lambda: IN_SESSION - timedelta(minutes=30)
    made = Opened(listing.listing_id, house.ledger.new_id(), house.ledger.new_id())
    portfolios.open_portfolio(
        house.ledger, by_hand(house), made.portfolio_id, title="New", currency="USD", mode="automatic",
        broker=BrokerChoice(), settings=LIMIT,
    )  # fmt: skip
    positions.open_position(
        house.ledger, by_hand(house), made.position_id, portfolio_id=made.portfolio_id,
        listing_id=listing.listing_id, cash=Decimal(0), shares=Decimal(500), anchor=Decimal(100), settings=WIDE,
    )  # fmt: skip
    decided(house, listing, "94", IN_SESSION - timedelta(minutes=20))
    assert not portfolio(house, made).frozen

    decided(house, listing, "90")

    loss = losses(house, made)[0].event
    assert isinstance(loss, DailyLossExceeded)
    assert (loss.loss, loss.base) == (Decimal(2_500), Decimal(47_500))


def test_lifted_it_takes_the_same_fall_once_more(house: House) -> None:
    """Who lifts it has seen this loss; nobody is called for it again, and for the next they are."""
    made = opened(house, settings=WIDE)
    decided(house, made, "89")
    lift(house, made, IN_SESSION + timedelta(minutes=10))
    assert open_alerts(house, made) == []

    for minutes, price in ((11, "89"), (12, "85"), (13, "80")):
        decided(house, made, price, IN_SESSION + timedelta(minutes=minutes))
        assert not portfolio(house, made).frozen
    decided(house, made, "79.54", IN_SESSION + timedelta(minutes=14))

    assert portfolio(house, made).frozen_because == (
        "Since the freeze was lifted at 16:10 UTC it has lost 946.00 USD, deposits and withdrawals left aside. That is"
        " 5.01 % of 18900.00 USD; more than 5 % stops it."
    )
    assert open_alerts(house, made) == [("daily_loss", "CRITICAL")]


def test_another_freeze_that_was_lifted_excuses_no_loss(house: House) -> None:
    """Who lifted that one has seen something else."""
    made = opened(house, settings=WIDE)
    portfolios.freeze(house.ledger, by_hand(house), made.portfolio_id, "by hand")
    decided(house, made, "89")
    lift(house, made, IN_SESSION + timedelta(minutes=1))

    decided(house, made, "89", IN_SESSION + timedelta(minutes=2))

    assert len(losses(house, made)) == 1


def test_the_next_day_begins_with_its_own_close(house: House) -> None:
    made = opened(house, settings=WIDE)
    decided(house, made, "89")
    lift(house, made, IN_SESSION + timedelta(minutes=10))
    priced(house, made, "88", datetime(2026, 11, 20, 21, 0, tzinfo=UTC), is_close=True)

    decided(house, made, "79", MONDAY)
    assert not portfolio(house, made).frozen
    decided(house, made, "78", MONDAY + timedelta(minutes=1))

    loss = losses(house, made)[-1].event
    assert isinstance(loss, DailyLossExceeded)
    assert (loss.base, loss.loss) == (Decimal(18_800), Decimal(1_000))


def test_a_split_is_no_loss(house: House) -> None:
    """Four shares of 25 for one of 100, also while a price of another listing is decided first."""
    made = opened(house, settings=WIDE)
    other = house.ledger.new_id()
    pep = open_example(house, symbol="PEP")
    positions.open_position(
        house.ledger, by_hand(house), other, portfolio_id=made.portfolio_id, listing_id=pep.listing_id,
        cash=Decimal(0), shares=Decimal(10), anchor=Decimal(100), settings=WIDE,
    )  # fmt: skip
    priced(house, pep, "100", CLOSE, is_close=True)
    house.announce_actions.split(
        by_hand(house), made.listing_id, ex_date=date(2026, 11, 20), ratio=Decimal(4)
    )
    house.announce_actions.split(
        by_hand(house), pep.listing_id, ex_date=date(2026, 11, 20), ratio=Decimal("0.1")
    )

    priced(house, made, "25")
    decided(house, pep, "1000")
    assert not portfolio(house, made).frozen
    held = [position(house, each).shares for each in (made, replace(made, position_id=other))]
    assert held == [400, 1]

    decided(house, made, "22", IN_SESSION + timedelta(minutes=1))
    assert portfolio(house, made).frozen


def test_shares_that_a_closed_position_left_do_not_split_and_stop_nothing(house: House) -> None:
    made = opened(house)
    positions.close(house.ledger, by_hand(house), made.position_id)
    house.announce_actions.split(
        by_hand(house), made.listing_id, ex_date=date(2026, 11, 20), ratio=Decimal(4)
    )

    decided(house, made, "25")

    assert not portfolio(house, made).frozen


def test_an_evaluation_that_a_person_asks_for_comes_after_it(house: House) -> None:
    """A dry run says what would be, and stores nothing of it."""
    made = opened(house)
    priced(house, made, "89")

    def asked(*, dry_run: bool) -> str | None:
        question = Question(made.position_id, None, IN_SESSION, dry_run=dry_run)
        return house.evaluate_position(by_hand(house), question).answer.decision.reason

    assert (asked(dry_run=True), portfolio(house, made).frozen) == ("frozen", False)
    assert (asked(dry_run=False), portfolio(house, made).frozen) == ("frozen", True)


def test_the_sweep_looks_where_no_tick_does(house: House) -> None:
    made = opened(house)
    priced(house, made, "89")

    house.daily_loss_brake.sweep()
    house.daily_loss_brake.sweep()

    assert portfolio(house, made).frozen
    assert len(losses(house, made)) == 1


def test_several_that_find_it_at_once_say_it_once(new_house: Callable[[], House]) -> None:
    houses = [new_house() for _ in range(3)]
    houses[0].ledger.clock = lambda: WEDNESDAY
    made = opened(houses[0])
    priced(houses[0], made, "89")
    for each in houses:
        each.ledger.clock = lambda: IN_SESSION
        each.sessions.reaches("XNYS")

    with ThreadPoolExecutor(6) as workers:
        waking = [workers.submit(each.evaluate_ticks, LIVE_FEED, [made.listing_id]) for each in houses * 2]
    for woken in waking:
        woken.result()

    happened = houses[0].log.events_of(made.portfolio_id, [DailyLossExceeded.name, PortfolioFrozen.name])
    assert len(happened) == 2
    assert position(houses[0], made).order is None


def replayed(
    house: House, prices: Sequence[str], chunks: Sequence[int], settings: SettingsChange = LIMIT
) -> list[tuple[str, datetime, str]]:
    """What a replay's portfolio and position came to, day by day, its prices coming in chunks."""
    scenario = Scenario(
        symbol="KO", exchange="XNYS", currency="USD", quote_unit="USD", lot=Decimal(1), cash=Decimal(10_000),
        shares=Decimal(100), settings=settings, broker=BrokerChoice(), source=f"{prices} {chunks}",
    )  # fmt: skip
    first = datetime(2025, 3, 3, 21, 0, tzinfo=UTC)
    points = [
        replace(tick(UUID(int=0), price, first + timedelta(days=day)), is_close=True)
        for day, price in enumerate(prices)
    ]
    begun = house.replay.begin(scenario, points[0])
    feed = str(begun.portfolio_id)
    points = [replace(point, listing_id=begun.listing_id) for point in points]
    for size in chunks:
        house.ingest_prices(points[:size], feed)
        del points[:size]
        while house.evaluate_ticks(feed, [begun.listing_id]).more:
            order = house.ledger.load(POSITION, begun.position_id).state
            if order is not None and order.open_order is not None:
                house.submit_order(begun.position_id, order.open_order.id)
    happened = house.log.tail([(begun.portfolio_id, 0), (begun.position_id, 0)])
    return [(each.event.name, each.metadata.at, each.event.sentence()) for each in happened]


def test_in_a_replay_it_brakes_by_the_time_of_its_prices(house: House) -> None:
    """However the prices came in, and nothing is decided after it: 88 is seven per cent below the close before."""
    prices = ["100", "99", "101", "88", "80", "120"]

    one_by_one, together = replayed(house, prices, [1] * 6), replayed(house, prices, [6])

    assert one_by_one == together
    frozen = [each for each in together if each[0] == "portfolio.frozen.1"]
    assert [at for _, at, _ in frozen] == [datetime(2025, 3, 6, 21, 0, tzinfo=UTC)]
    assert [name for name, *_ in together if name.startswith("position.order")] == []


def test_a_replay_without_a_limit_trades_there(house: House) -> None:
    happened = replayed(house, ["100", "99", "101", "88"], [4], SettingsChange())
    assert "position.order_intended.1" in [name for name, *_ in happened]
