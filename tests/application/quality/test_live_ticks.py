"""Live ticks that are no jump and yet not to be believed: outliers, days that go too far, quotes that stand still."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from api.wiring import House
from application.evaluate_position import Question
from application.ingest_prices import Taken
from application.quality.unchanged import unchanged_for
from domain.portfolio.state import LIVE_FEED
from domain.quality import PriceFlagged, PriceQuarantined
from domain.streams import PORTFOLIO
from examples import IN_SESSION, by_hand, open_example, tick

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Market:
    """A listing whose ticks come one by one, the clock with them; each by another process, which knows nothing."""

    def __init__(self, new_house: Callable[[], House]) -> None:
        self.houses = [new_house(), new_house()]
        self.opened = open_example(self.houses[0])
        self.now = IN_SESSION
        for house in self.houses:
            house.ledger.clock = lambda: self.now

    @property
    def house(self) -> House:
        """The process whose turn it is."""
        self.houses.reverse()
        return self.houses[0]

    def comes(self, price: str, after: timedelta = MINUTE, **others: object) -> Taken:
        """A tick, some time after the one before."""
        self.now += after
        point = replace(tick(self.opened.listing_id, price, self.now), **others)  # type: ignore[arg-type]
        return self.house.ingest_prices([point])

    def an_hour(self, minutes: int = 60) -> None:
        """Minutes of a calm market around 100: a minute moves it by a few hundredths of a percent."""
        for number in range(minutes):
            self.comes(f"100.0{number * 7 % 10}")

    def latest(self) -> str:
        """The last good price."""
        known = self.house.prices.latest(LIVE_FEED, self.opened.listing_id)
        assert known is not None
        return str(known.last)

    def said(self) -> list[str]:
        """What was told of its prices."""
        with self.house.pool.connection() as connection:
            log = [each.event for each in self.house.log.read(connection, 0, 1_000)]
        return [each.rule for each in log if isinstance(each, PriceFlagged | PriceQuarantined)]

    def is_frozen(self) -> bool:
        """Whether its portfolio stands still."""
        state = self.house.ledger.load(PORTFOLIO, self.opened.portfolio_id).state
        assert state is not None
        return state.frozen

    def marked(self) -> list[tuple[str, str]]:
        """Prices that are kept and used by nothing."""
        rows = self.house.prices.page(LIVE_FEED, self.opened.listing_id, None, 1_000)
        return [(str(row["last"]), row["quarantined"]) for row in rows if row["quarantined"]]


@pytest.fixture
def market(new_house: Callable[[], House]) -> Market:
    """A market in session."""
    return Market(new_house)


def test_a_tick_out_of_all_proportion_is_dropped(market: Market) -> None:
    """Kept and marked, used by nothing, freezing nobody; told once, however many come."""
    market.an_hour()
    for price in ("98", "103", "98.5"):
        taken = market.comes(price, timedelta(seconds=5))
        assert (taken.accepted, taken.dropped, taken.quarantined) == (0, 1, [])
        market.comes("100.02", timedelta(seconds=5))
    assert market.marked() == [("98", "outlier"), ("103", "outlier"), ("98.5", "outlier")]
    assert (market.latest(), market.is_frozen(), market.said()) == ("100.02", False, ["outlier"])


def test_ticks_that_agree_for_a_minute_are_the_market_having_moved(market: Market) -> None:
    """From then on what comes is good: a new level is not dropped for an hour."""
    market.an_hour()
    outcomes = [
        market.comes(price, timedelta(seconds=seconds)).accepted
        for price, seconds in (
            ("98", 20),
            ("98.02", 20),
            ("97.99", 39),
            ("98.01", 1),
            ("98.00", 5),
            ("97.95", 5),
        )
    ]
    assert outcomes == [0, 0, 0, 1, 1, 1]
    assert market.latest() == "97.95"


def test_ticks_that_disagree_are_not_the_market(market: Market) -> None:
    """Some above, some below: none of them is believed."""
    market.an_hour()
    prices = ("98", "102", "97.5", "103", "98.1", "102.2", "98.3", "101.9")
    assert [market.comes(price, timedelta(seconds=15)).accepted for price in prices] == [0] * 8


def test_few_minutes_and_a_market_without_movement_have_no_measure(market: Market) -> None:
    """Twenty returns at least; and after an hour in which nothing moved, what moves is not out of proportion."""
    market.an_hour(20)
    assert market.comes("98", timedelta(seconds=5)).accepted == 1
    for _ in range(62):
        market.comes("98")
    assert market.comes("99", timedelta(seconds=5)).accepted == 1


def test_closes_and_bars_and_what_comes_after_a_pause_are_no_outliers(market: Market) -> None:
    """They have made no one-minute return."""
    market.an_hour()
    bar = {name: Decimal(98) for name in ("open", "high", "low")}
    assert market.comes("98", timedelta(seconds=5), **bar).accepted == 1
    market.comes("100")
    market.an_hour()
    assert market.comes("98", timedelta(seconds=5), is_close=True).accepted == 1
    market.an_hour()
    assert market.comes("98", timedelta(minutes=3)).accepted == 1


def test_a_batch_of_an_hour_is_judged_like_its_ticks_one_by_one(market: Market) -> None:
    """What is not stored yet counts as much as what is."""
    listing_id = market.opened.listing_id
    hour = [tick(listing_id, f"100.0{number * 7 % 10}", IN_SESSION + number * MINUTE) for number in range(60)]
    spike = tick(listing_id, "98", IN_SESSION + HOUR)
    market.now = IN_SESSION + HOUR
    taken = market.house.ingest_prices([*hour, spike])
    assert (taken.accepted, [point for point, _ in taken.outliers]) == (60, [spike])


def test_several_steps_that_are_no_jump_are_too_much_for_one_day(market: Market) -> None:
    """From 100 yesterday to 140 and 160 today; what follows is judged from yesterday as well, and tomorrow anew."""
    market.comes("100")
    assert market.comes("140", DAY * 3).accepted == 1
    (stopped,) = market.comes("160", HOUR).quarantined
    assert (stopped[1].rule, stopped[1].expected) == (
        "value_jump", "within 50% of 100, the last price before today",
    )  # fmt: skip
    assert market.is_frozen()
    assert [finding.rule for _, finding in market.comes("155", HOUR).quarantined] == ["value_jump"]
    assert market.comes("149", MINUTE).accepted == 1
    assert market.comes("160", DAY).accepted == 1


def test_a_split_of_the_day_is_no_way_too_far(market: Market) -> None:
    """What actions did since yesterday is taken out."""
    market.comes("100")
    announce = market.house.announce_actions
    announce.split(
        by_hand(market.house),
        market.opened.listing_id,
        ex_date=(IN_SESSION + 3 * DAY).date(),
        ratio=Decimal(4),
    )
    assert market.comes("25.2", 3 * DAY).quarantined == []
    assert market.comes("27", HOUR).quarantined == []
    assert [finding.rule for _, finding in market.comes("40", MINUTE).quarantined] == ["value_jump"]


@pytest.mark.parametrize(("ticks", "decides"), [(31, True), (32, False)])
def test_a_quote_that_stands_still_in_session_decides_nothing(
    market: Market, ticks: int, decides: bool
) -> None:
    """Its stamp is fresh and it is beyond the band: after more than half an hour of the same numbers it is stale."""
    market.comes("100")
    market.house.evaluate_ticks(LIVE_FEED, [market.opened.listing_id])
    for _ in range(ticks):
        market.comes("96")

    assert market.house.evaluate_ticks(LIVE_FEED, [market.opened.listing_id]).intended == decides


def test_a_quote_that_moves_again_decides_again(market: Market) -> None:
    """Asked by hand it is stale as well, until another number comes."""
    market.comes("100")
    for _ in range(40):
        market.comes("96")
    market.house.evaluate_ticks(LIVE_FEED, [market.opened.listing_id])
    question = Question(market.opened.position_id, quote=None, as_of=None, dry_run=True)
    assert (
        market.house.evaluate_position(by_hand(market.house), question).answer.decision.reason
        == "stale_price"
    )

    market.comes("96.01")

    assert market.house.evaluate_position(by_hand(market.house), question).answer.decision.outcome == "trade"
    assert market.house.evaluate_ticks(LIVE_FEED, [market.opened.listing_id]).intended


@pytest.mark.parametrize(
    ("exchange", "since", "until", "minutes"),
    [
        ("XNYS", "2026-11-20T15:00", "2026-11-20T15:45", 45),
        ("XNYS", "2026-11-20T20:50", "2026-11-23T14:45", 25),  # a weekend
        ("XNYS", "2026-11-27T17:45", "2026-11-30T14:40", 25),  # the half day after Thanksgiving ends at one
        ("XNYS", "2025-01-08T20:50", "2025-01-10T14:45", 25),  # a day of mourning, announced ten days before
        ("XHKG", "2026-11-20T03:50", "2026-11-20T05:15", 25),  # lunch
    ],
)
def test_only_the_time_that_an_exchange_is_open_counts(
    exchange: str, since: str, until: str, minutes: int
) -> None:
    """What cannot trade cannot move."""
    start, end = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (since, until))
    point = replace(tick(UUID(int=1), "100", end), unchanged_since=start)
    assert unchanged_for(ExchangeSessions(), exchange, point, MINUTE) == minutes * MINUTE
