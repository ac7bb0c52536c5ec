"""Deciding on prices as they come: once, in their order, on what was current (DOMAIN §2, Ticks)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios, positions
from application.evaluate_position import Question
from application.ports import PricePoint
from application.replay import Scenario
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.position.events import OrderIntended
from domain.quote import Quote
from domain.settings import SettingsChange
from examples import IN_SESSION, Opened, by_hand, open_example, position_of, tick

SECOND = timedelta(seconds=1)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def at(seconds: int) -> datetime:
    """So many seconds later."""
    return IN_SESSION + seconds * SECOND


def prices(opened: Opened, *values: str, first: int = 0, is_close: bool = False) -> list[PricePoint]:
    """A price a second."""
    return [
        replace(tick(opened.listing_id, value, at(first + number)), is_close=is_close)
        for number, value in enumerate(values)
    ]


def types_of(house: House, stream_id: UUID) -> list[str]:
    """What happened in a stream."""
    return [recorded.event.name.split(".")[1] for recorded in house.log.tail([(stream_id, 0)])]


def intended(house: House, opened: Opened) -> list[OrderIntended]:
    """The orders that were decided."""
    events = [recorded.event for recorded in house.log.tail([(opened.position_id, 0)])]
    return [event for event in events if isinstance(event, OrderIntended)]


def begun_replay(house: House) -> tuple[str, Opened]:
    """A replay of the example, begun at its anchor; answers its feed too."""
    scenario = Scenario(
        symbol="KO",
        exchange="XNYS",
        currency="USD",
        quote_unit="USD",
        lot=Decimal(1),
        cash=Decimal(10_000),
        shares=Decimal(100),
        settings=SettingsChange(),
        broker=BrokerChoice(),
        source="test",
    )
    begun = house.replay.begin(scenario, tick(UUID(int=0), "100", at(-1)))
    opened = Opened(begun.listing_id, begun.portfolio_id, begun.position_id)
    return str(opened.portfolio_id), opened


def test_a_replay_decides_every_price_and_waits_at_an_order(house: House) -> None:
    """None is passed over, and the price after an order is decided when the order has ended."""
    feed, opened = begun_replay(house)
    house.ingest_prices(prices(opened, "99.00", "98.00", "97.00", "96.00", "103.00"), feed)
    first = house.evaluate_ticks(feed, [opened.listing_id])
    assert (first.ticks, first.quiet, first.intended, first.more) == (3, 2, True, True)
    assert house.prices.cursor(feed, opened.listing_id) == at(2)
    waiting = house.evaluate_ticks(feed, [opened.listing_id])
    assert (waiting.ticks, waiting.more) == (0, True)
    order = intended(house, opened)[0]
    assert house.submit_order(opened.position_id, order.order_id).sent
    second = house.evaluate_ticks(feed, [opened.listing_id])
    assert (second.ticks, second.quiet) == (2, 1)
    assert [(each.side, each.decided_at) for each in intended(house, opened)] == [
        ("BUY", at(2)),
        ("SELL", at(4)),
    ]


def test_live_only_the_newest_price_is_decided(house: House) -> None:
    """Two crossings and a return came at once: what is no longer current is never acted on."""
    opened = open_example(house)
    house.ingest_prices(prices(opened, "97.00", "96.00", "99.00"))
    drained = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    assert (drained.ticks, drained.quiet, drained.decided) == (1, 1, 0)
    assert intended(house, opened) == []


def test_a_price_is_decided_once(house: House) -> None:
    """The same wake-up again finds nothing to do."""
    opened = open_example(house)
    house.ingest_prices(prices(opened, "97.00"))
    first = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    again = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    assert (first.decided, again.ticks) == (1, 0)
    assert [order.quantity for order in intended(house, opened)] == [52]


def test_many_evaluators_at_once_decide_once(new_house: Callable[[], House]) -> None:
    """From several threads and processes: one tick, one order."""
    houses = [new_house() for _ in range(3)]
    for each in houses:
        each.ledger.clock = lambda: IN_SESSION
        each.sessions.reaches(
            "XNYS"
        )  # read one after the other: what reads them meddles with all threads' warnings
    opened = open_example(houses[0])
    for round_number in range(5):
        value = Decimal(97) - round_number
        houses[0].ingest_prices(prices(opened, str(value), first=round_number))
        with ThreadPoolExecutor(6) as workers:
            waking = [
                workers.submit(house.evaluate_ticks, LIVE_FEED, [opened.listing_id]) for house in houses * 2
            ]
        assert sum(each.result().kept for each in waking) <= 1
    assert len(intended(houses[0], opened)) == 1
    assert types_of(houses[0], opened.position_id).count("skipped") == 1


def test_ticks_and_a_person_at_once_make_one_order(house: House) -> None:
    """A command between reading and appending is a conflict: decided again, and decided once."""
    opened = open_example(house)
    with ThreadPoolExecutor(2) as workers:
        for number in range(6):
            house.ingest_prices(prices(opened, "97.00", first=number))
            evaluating = workers.submit(house.evaluate_ticks, LIVE_FEED, [opened.listing_id])
            allocating = workers.submit(
                positions.allocate_cash, house.ledger, by_hand(house), opened.position_id, Decimal(1)
            )
            evaluating.result()
            allocating.result()
    assert len(intended(house, opened)) == 1
    assert position_of(house, opened).cash == 10_006


def test_a_time_lived_twice_gives_the_first_order(house: House) -> None:
    """A tick at the very moment of an order that has ended: same key, same order, and the tick is done."""
    opened = open_example(house)
    quote = Quote(last=Decimal("97.00"), as_of=at(0))
    answer = house.evaluate_position(by_hand(house), Question(opened.position_id, quote, at(0))).answer
    assert answer.order_id is not None
    house.cancel_order(by_hand(house), opened.position_id, answer.order_id)
    house.ingest_prices(prices(opened, "97.00"))
    drained = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    assert (drained.ticks, drained.kept) == (1, 0)
    assert [order.order_id for order in intended(house, opened)] == [answer.order_id]
    assert house.prices.undecided(LIVE_FEED) == []
    asked_again = house.evaluate_position(by_hand(house), Question(opened.position_id, quote, at(0))).answer
    assert asked_again.order_id == answer.order_id


def test_a_frozen_or_paused_position_is_not_evaluated(house: House) -> None:
    """No skip is stored for its ticks; lifted, the next tick is decided."""
    opened = open_example(house)
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "by hand")
    house.ingest_prices(prices(opened, "97.00"))
    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).decided == 0
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "checked")
    positions.pause(house.ledger, by_hand(house), opened.position_id)
    house.ingest_prices(prices(opened, "96.90", first=1))
    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).decided == 0
    positions.resume(house.ledger, by_hand(house), opened.position_id)
    house.ingest_prices(prices(opened, "96.80", first=2))
    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).decided == 1
    assert len(intended(house, opened)) == 1


@pytest.mark.parametrize(
    ("cadence", "due"), [("tick", [1, 1, 1, 1]), ("minute", [1, 0, 1, 0]), ("close", [0, 0, 0, 1])]
)
def test_the_cadence_says_which_ticks_are_decided(house: House, cadence: Any, due: list[int]) -> None:
    """Every tick, the first of each minute, or the close."""
    opened = open_example(house, settings=SettingsChange(cadence=cadence, r=Decimal("0.000001")))
    house.ledger.clock = lambda: at(90)
    decided = []
    for second, is_close in ((0, False), (30, False), (60, False), (90, True)):
        house.ingest_prices(prices(opened, "97.00", first=second, is_close=is_close))
        decided.append(house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).decided)
    assert decided == due


def test_a_stale_price_holds(house: House) -> None:
    """It came half an hour late: no order, and no skip either."""
    opened = open_example(house)
    house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=31)
    house.ingest_prices(prices(opened, "97.00"))
    drained = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    assert (drained.decided, drained.held) == (1, 1)
    assert intended(house, opened) == []


def test_a_skip_that_repeats_is_stored_once_a_session(house: House) -> None:
    """A price that sits beyond the band must not flood the log."""
    opened = open_example(house, settings=SettingsChange(min_notional=Decimal(1_000_000)))
    for number in range(4):
        house.ingest_prices(prices(opened, "97.00", first=number))
        house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    monday = IN_SESSION + timedelta(days=3)
    house.ledger.clock = lambda: monday
    house.ingest_prices([tick(opened.listing_id, "97.00", monday)])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    assert types_of(house, opened.position_id).count("skipped") == 2


def test_an_exchange_without_a_calendar_stops_nobody_else(house: House) -> None:
    """Its tick is not decided, the other listing's in the same batch is."""
    good, strange = open_example(house), open_example(house, symbol="PEP", exchange="XXXX")
    house.ingest_prices([*prices(good, "97.00"), *prices(strange, "97.00")])
    house.evaluate_ticks(LIVE_FEED, [good.listing_id, strange.listing_id])
    assert (len(intended(house, good)), len(intended(house, strange))) == (1, 0)
    assert house.prices.undecided(LIVE_FEED) == []


def test_settings_that_contradict_each_other_stop_only_that_position(house: House) -> None:
    """The portfolio's new upper guardrail lies under one position's lower one; the others go on."""
    lonely = open_example(house, settings=SettingsChange(g_low=Decimal("0.6")))
    good = open_example(house, symbol="PEP")
    unseen = SettingsChange(g_high=Decimal("0.5"))
    portfolios.amend(house.ledger, by_hand(house), lonely.portfolio_id, None, unseen, lambda _: [])
    house.ingest_prices([*prices(lonely, "97.00"), *prices(good, "97.00")])
    house.evaluate_ticks(LIVE_FEED, [lonely.listing_id, good.listing_id])
    assert (len(intended(house, lonely)), len(intended(house, good))) == (0, 1)
