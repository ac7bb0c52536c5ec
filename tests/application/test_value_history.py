"""A value history of which the days that are over are kept is the one that is reckoned anew, whatever comes late."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.postgres.prices import PostgresPrices
from api.wiring import House
from application import portfolios
from application.books.post_entries import NewEntry
from application.ports import PricePoint
from application.value_history import ValueHistory
from domain.fx import Pair, Rate
from domain.listing import ListingRegistered
from domain.measures import Mark
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.portfolio.wanted import Wanted
from domain.quality import Finding, Judged, LastGood, Stopped
from domain.quality.quarantine import Picked
from domain.refusals import Conflict
from domain.settings import SettingsChange
from domain.valuation import Chapter, Kept, Known
from examples import by_hand, eventually, somebody_waits, tick

BEGAN = datetime(2026, 7, 1, 9, tzinfo=UTC)
DAYS = 80
NOW = BEGAN + timedelta(days=DAYS)
JUMP = Finding("jump", "CRITICAL", "much", "less")


class NothingKept:
    """Remembers no history."""

    def of(self, portfolio_id: UUID, after: date) -> Kept | None:
        """Nothing."""
        return None

    def keep(self, portfolio_id: UUID, revision: int, known: Known, chapters: Sequence[Chapter]) -> None:
        """Forgotten at once."""


class Reading(PostgresPrices):
    """Prices as they are, and the first days of the questions for them."""

    def __init__(self, house: House) -> None:
        super().__init__(house.pool, house.log)
        self.first = list[date]()

    def daily(self, feed: str, listing_ids: Sequence[UUID], first: date, until: datetime) -> list[Mark]:
        """See application.ports.Prices."""
        self.first.append(first)
        return super().daily(feed, listing_ids, first, until)


class Books:
    """A portfolio in pounds with a fund in pence and one in dollars, and a third that it may buy."""

    def __init__(self, house: House, began: datetime = BEGAN) -> None:
        self.house = house
        house.ledger.clock = lambda: began
        cause, new_id = by_hand(house), house.ledger.new_id
        self.id = new_id()
        portfolios.open_portfolio(
            house.ledger, cause, self.id, title="Books", currency="GBP", mode="advisory",
            broker=BrokerChoice(), settings=SettingsChange(),
        )  # fmt: skip
        self.funds = [new_id() for _ in range(3)]
        for number, (fund, unit) in enumerate(zip(self.funds, ("GBX", "USD", "GBX"), strict=True)):
            listing = ListingRegistered(
                listing_id=fund, symbol=f"F{fund.hex[-8:]}{number}", exchange="XLON",
                currency={"GBX": "GBP"}.get(unit, unit), quote_unit=unit, lot=Decimal(1),
            )  # fmt: skip
            house.keep_listings.register(cause, listing)
        house.ledger.clock = lambda: NOW
        self.history = house.value_history
        self.anew = replace(house.value_history, kept=NothingKept())

    def deposit(self, at: datetime, amount: Decimal) -> None:
        """Cash comes from outside."""
        self._post(at, None, Wanted(kind="contribution", amount=amount))

    def hold(self, at: datetime, fund: int, units: Decimal) -> None:
        """Units come in kind."""
        wanted = Wanted(kind="transfer", quantity=units, price=Decimal(100), amount=units * 2)
        self._post(at, self.funds[fund], wanted)

    def close(self, at: datetime, fund: int, price: Decimal) -> None:
        """A good price is stored, once."""
        self._store([self.point(at, fund, price)], fund, stopped=False)

    def stop(self, at: datetime, fund: int, price: Decimal) -> None:
        """A price is quarantined; a person will release it."""
        self._store([self.point(at, fund, price)], fund, stopped=True)

    def release(self, at: datetime, fund: int, _: Decimal) -> None:
        """A person says that what waits is true."""
        house = self.house
        house.settle_quarantine(by_hand(house), self.funds[fund], Picked(), "released", "So it was.")

    def rate(self, at: datetime, _: int, rate: Decimal) -> None:
        """What a pound cost in dollars, as a person says."""
        self.house.take_rates([Rate(Pair("GBP", "USD"), at, rate, "test")], believed=True)

    def split(self, at: datetime, fund: int, ratio: Decimal) -> None:
        """A split is announced, of whatever day; one of another ratio is refused."""
        announce = self.house.announce_actions.split
        try:
            announce(by_hand(self.house), self.funds[fund], ex_date=session(at.date()), ratio=ratio + 1)
        except Conflict:
            return

    def told(self, history: ValueHistory, until: datetime = NOW, after: date = date.min) -> bytes:
        """A history to the last digit."""
        return msgspec.json.encode([*history(self.id, until, after)])

    def reads_from(self, until: datetime = NOW) -> date:
        """The first day that a question reads prices of."""
        reading = Reading(self.house)
        replace(self.history, prices=reading)(self.id, until)
        return min(reading.first, default=date.max)

    def _post(self, at: datetime, listing_id: UUID | None, wanted: Wanted) -> None:
        self.house.post_entries(by_hand(self.house), self.id, [NewEntry(at, listing_id, wanted)])

    def point(self, at: datetime, fund: int, price: Decimal) -> PricePoint:
        """A price of a fund; a close from the afternoon on."""
        source = f"test {price}"
        return replace(tick(self.funds[fund], str(price), at, source), is_close=at.hour >= 16)

    def _store(self, points: Sequence[PricePoint], fund: int, *, stopped: bool) -> None:
        with self.house.prices.intake(LIVE_FEED, [self.funds[fund]]) as intake:
            fresh = intake.fresh(points)
            if stopped:
                intake.store(Judged(stopped=[Stopped(each, JUMP, None) for each in fresh]), [])
            else:
                intake.store(Judged(good=fresh), [LastGood(each) for each in fresh])


def session(day: date) -> date:
    """A weekday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    return new_house()


MOMENTS = st.integers(0, 24 * DAYS).map(lambda hour: BEGAN + timedelta(hours=hour))
AMOUNTS = st.decimals(Decimal(1), Decimal(900), places=2)
HAPPENINGS = st.tuples(
    st.sampled_from(["deposit", "hold", "close", "close", "close", "stop", "release", "rate", "split"]),
    MOMENTS,
    st.sampled_from([0, 0, 0, 1, 1, 2]),
    AMOUNTS,
)
QUESTIONS = st.tuples(st.just("ask"), MOMENTS, st.just(0), st.just(Decimal(1)))


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(HAPPENINGS | QUESTIONS, min_size=5, max_size=14))
def test_what_is_kept_is_what_is_reckoned_anew_whatever_comes_late(
    house: House, happenings: Sequence[tuple[str, datetime, int, Decimal]]
) -> None:
    """Entries, prices, released prices, rates and corporate actions of any day, and questions in between."""
    books = Books(house)
    books.hold(BEGAN + timedelta(days=3), 0, Decimal(10))
    books.hold(BEGAN + timedelta(days=20), 1, Decimal(10))
    for kind, at, fund, number in happenings:
        match kind:
            case "ask":
                assert books.told(books.history, at) == books.told(books.anew, at)
                assert books.told(books.history, NOW, at.date()) == books.told(books.anew, NOW, at.date())
                assert books.history.drawdown(books.id, at) == books.anew.drawdown(books.id, at)
            case "deposit":
                books.deposit(at, number)
            case _:
                getattr(books, kind)(at, fund, number)
        assert books.told(books.history) == books.told(books.anew)


def a_year(house: House) -> Books:
    """Ten units and a close on each day."""
    books = Books(house)
    books.hold(BEGAN, 0, Decimal(10))
    for day in range(DAYS + 1):
        books.close(BEGAN + timedelta(days=day, hours=7), 0, Decimal(100 + day % 7))
    return books


def test_a_question_reads_what_came_since_the_last(house: House) -> None:
    """And after a late price that of its month, or everything where that was long ago."""
    books = a_year(house)
    assert books.reads_from() == BEGAN.date()
    assert books.reads_from() == NOW.date()
    books.close(NOW + timedelta(hours=7), 0, Decimal(99))
    assert books.reads_from() == NOW.date()
    books.close(NOW - timedelta(days=1), 0, Decimal(99))
    assert books.reads_from() == date(2026, 9, 1)
    assert books.reads_from() == NOW.date()
    books.deposit(datetime(2026, 8, 30, tzinfo=UTC), Decimal(5))
    assert books.reads_from() == BEGAN.date()


def test_each_kind_of_late_news_changes_what_was_kept(house: House) -> None:
    """A price, a released one, a rate, a split, an entry, and an entry of a listing that there had not been."""
    books = a_year(house)
    day = BEGAN + timedelta(days=40)
    books.rate(BEGAN, 0, Decimal(2))
    books.hold(BEGAN, 1, Decimal(10))
    books.close(BEGAN, 1, Decimal(5))
    books.stop(day + timedelta(hours=10), 0, Decimal(300))
    told = books.told(books.history)
    for come in (books.close, books.release, books.rate, books.split, books.hold):
        come(day + timedelta(hours=8), 1 if come == books.split else 0, Decimal(3))
        before, told = told, books.told(books.history)
        assert told == books.told(books.anew)
        assert told != before, come.__name__
    books.close(BEGAN + timedelta(days=3), 2, Decimal(7))
    books.hold(NOW, 2, Decimal(1))
    assert books.told(books.history) == books.told(books.anew) != told


def test_portfolios_of_the_same_listings_share_what_is_read_of_days_that_are_over(house: House) -> None:
    """Until something about them comes late: then they are read again."""
    several = [Books(house) for _ in range(3)]
    month_ago = NOW - timedelta(days=30)
    for books in several:
        books.funds = several[0].funds
        books.deposit(BEGAN, Decimal(1000))
        books.hold(BEGAN, 0, Decimal(10))
    for day in range(DAYS):
        several[0].close(BEGAN + timedelta(days=day, hours=8), 0, Decimal(100 + day))
    for books in several:
        books.told(books.history, month_ago)
    history = replace(house.value_history, prices=(reading := Reading(house)))
    told = [books.told(history) for books in several[:2]]
    assert reading.first == [month_ago.date(), NOW.date(), NOW.date()]
    assert told == [books.told(books.anew) for books in several[:2]]
    several[0].close(NOW - timedelta(days=10) + timedelta(hours=9), 0, Decimal(7))
    assert several[2].told(history) == several[2].told(several[2].anew)
    assert reading.first[3:] == [month_ago.date(), NOW.date()]


def test_another_process_reads_what_one_has_kept(house: House, new_house: Callable[[], House]) -> None:
    """Both may have kept at once: the first does, and a copy that was emptied is filled again."""
    books = a_year(house)
    kept = house.kept_values.of(books.id, date.min)
    assert kept is None
    told = books.told(books.history)
    first = house.kept_values.of(books.id, date.min)
    assert first is not None
    house.kept_values.keep(books.id, 0, replace(first.known, event_number=0), first.chapters[-1:])
    assert house.kept_values.of(books.id, date.min) == first
    other = new_house()
    assert books.told(other.value_history) == told
    with house.pool.connection() as connection:
        connection.execute("delete from kept_values")
    assert books.told(other.value_history) == told
    assert other.kept_values.of(books.id, date.min) == first


def test_a_price_that_is_being_stored_while_its_day_is_read_is_waited_for(house: House) -> None:
    """What has the lock of its listing is read; what comes after knows that it is late."""
    books = a_year(house)
    day = NOW - timedelta(days=1)
    with ThreadPoolExecutor(1) as others:
        with house.prices.intake(LIVE_FEED, books.funds[:1]) as intake:
            asking = others.submit(books.told, books.history)
            eventually(lambda: asking.done() or somebody_waits(house))
            price = books.point(day, 0, Decimal(50))
            intake.store(Judged(good=[price]), [LastGood(price)])
        assert asking.result() == books.told(books.anew)
    assert books.told(books.history) == books.told(books.anew)
