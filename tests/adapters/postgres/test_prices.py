"""Prices in the database: stored once, judged one batch after the other, decided once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest

from api.wiring import House
from application.ledger import Transaction
from application.ports import Batch, CursorMoves, PricePoint, StaleVersion
from domain.portfolio.state import LIVE_FEED
from domain.position import decide as position_rules
from domain.quality import Finding, Judged, LastGood, Stopped
from domain.streams import POSITION
from examples import IN_SESSION, by_hand, eventually, open_example, somebody_waits, tick

SECOND = timedelta(seconds=1)
LISTING = UUID(int=1)


def store(house: House, points: Sequence[PricePoint], feed: str = LIVE_FEED) -> int:
    """Store good prices, the last of them as the newest."""
    with house.prices.intake(feed, [LISTING]) as intake:
        fresh = intake.fresh(points)
        intake.store(Judged(good=fresh), [LastGood(point) for point in fresh[-1:]])
        return len(fresh)


def kept(house: House, feed: str = LIVE_FEED) -> list[Decimal]:
    """The prices stored, in the order of their moments."""
    return [row["last"] for row in house.prices.page(feed, LISTING, None, 100)]


def test_a_price_is_stored_once(house: House) -> None:
    """The same again is not new; another source, moment or feed is."""
    first = tick(LISTING, "97")
    assert store(house, [first, first]) == 1
    assert store(house, [first]) == 0
    assert store(house, [tick(LISTING, "98", source="other"), tick(LISTING, "99", IN_SESSION + SECOND)]) == 2
    assert store(house, [first], "replay") == 1
    assert kept(house) == [97, 98, 99]
    assert kept(house, "replay") == [97]


def test_a_late_price_is_kept_but_is_not_the_latest(house: House) -> None:
    """History is complete, and time does not run backwards."""
    store(house, [tick(LISTING, "98")])
    store(house, [tick(LISTING, "97", IN_SESSION - SECOND)])
    latest = house.prices.latest(LIVE_FEED, LISTING)
    assert latest is not None
    assert (latest.last, latest.as_of) == (Decimal(98), IN_SESSION)
    assert kept(house) == [97, 98]


def test_a_price_that_was_quarantined_is_never_the_latest(house: House) -> None:
    """Nor does it wait for a decision, nor does it come in again under another judgement."""
    bad = tick(LISTING, "9700")
    with house.prices.intake(LIVE_FEED, [LISTING]) as intake:
        intake.store(Judged(stopped=[Stopped(bad, Finding("jump", "CRITICAL", "9700", "97"), None)]), [])
    assert store(house, [bad]) == 0
    assert house.prices.latest(LIVE_FEED, LISTING) is None
    assert house.prices.undecided(LIVE_FEED) == []
    for newest_only in (True, False):
        assert not house.prices.undecided_ticks(LIVE_FEED, [LISTING], newest_only=newest_only).ticks


@pytest.mark.parametrize("already_known", [False, True], ids=["first price", "known listing"])
def test_batches_of_one_listing_are_judged_one_after_the_other(
    new_house: Callable[[], House], already_known: bool
) -> None:
    """The second sees what the first has stored, even when nothing was known before."""
    house, other = new_house(), new_house()
    if already_known:
        store(house, [tick(LISTING, "90", IN_SESSION - SECOND)])

    def second() -> Decimal | None:
        with other.prices.intake(LIVE_FEED, [LISTING]) as intake:
            return intake.latest[LISTING].point.last

    with ThreadPoolExecutor(1) as pool:
        with house.prices.intake(LIVE_FEED, [LISTING]) as intake:
            waiting = pool.submit(second)
            eventually(lambda: waiting.done() or somebody_waits(house))
            intake.store(Judged(good=[tick(LISTING, "97")]), [LastGood(tick(LISTING, "97"))])
        assert waiting.result() == 97


def test_ticks_come_in_order_after_their_cursor(house: House) -> None:
    """A replay sees each of them, live only the newest counts."""
    points = [tick(LISTING, str(97 + number), IN_SESSION + number * SECOND) for number in range(4)]
    store(house, points)
    house.prices.advance(CursorMoves(LIVE_FEED, {LISTING: (None, IN_SESSION)}))
    every = house.prices.undecided_ticks(LIVE_FEED, [LISTING], newest_only=False)
    assert (list(every.ticks), every.cursors) == (points[1:], {LISTING: IN_SESSION})
    newest = house.prices.undecided_ticks(LIVE_FEED, [LISTING], newest_only=True)
    assert list(newest.ticks) == points[3:]
    house.prices.advance(CursorMoves(LIVE_FEED, {LISTING: (IN_SESSION, points[3].as_of)}))
    assert house.prices.undecided(LIVE_FEED) == []


def test_a_cursor_never_goes_back(house: House) -> None:
    """Two evaluators that saw only quiet ticks may finish in any order."""
    for moment in (IN_SESSION + SECOND, IN_SESSION):
        house.prices.advance(CursorMoves(LIVE_FEED, {LISTING: (None, moment)}))
    assert house.prices.cursor(LIVE_FEED, LISTING) == IN_SESSION + SECOND


def test_a_cursor_moves_with_what_was_decided_or_not_at_all(house: House) -> None:
    """Of two decisions on one tick the second is refused whole; a lost connection leaves no trace."""
    opened = open_example(house)
    moves = CursorMoves(LIVE_FEED, {opened.listing_id: (None, IN_SESSION)})
    transaction = Transaction(house.ledger, by_hand(house))
    stream, state = transaction.require(POSITION, opened.position_id)
    transaction.append(stream, position_rules.pause(state))
    batch = transaction.batch(cursors=moves)
    with pytest.raises(psycopg.OperationalError):
        _append_and_die(house, batch)
    assert house.prices.cursor(LIVE_FEED, opened.listing_id) is None
    assert house.ledger.load(POSITION, opened.position_id).version == stream.version - 1

    house.log.append(batch)
    assert house.prices.cursor(LIVE_FEED, opened.listing_id) == IN_SESSION
    again = Transaction(house.ledger, by_hand(house))
    stream, state = again.require(POSITION, opened.position_id)
    again.append(stream, position_rules.resume(state))
    with pytest.raises(StaleVersion):
        house.log.append(again.batch(cursors=moves))
    assert house.ledger.load(POSITION, opened.position_id).version == stream.version - 1


def _append_and_die(house: House, batch: Batch) -> None:
    with house.pool.connection() as connection, connection.transaction():
        house.log.append_within(connection, batch)
        connection.execute("select pg_terminate_backend(pg_backend_pid())")


def test_a_day_ends_with_its_close_else_with_its_last_tick(house: House) -> None:
    """Whatever was said after the close; of today there is a close or nothing."""
    day, hour = timedelta(days=1), timedelta(hours=1)
    said = [
        tick(LISTING, "90", IN_SESSION - day * 5),
        tick(LISTING, "91", IN_SESSION - day * 2),
        replace(tick(LISTING, "92", IN_SESSION - day * 2 + hour), is_close=True),
        tick(LISTING, "93", IN_SESSION - day * 2 + hour * 2),
        tick(LISTING, "94", IN_SESSION - day),
        tick(LISTING, "95", IN_SESSION - day + hour),
        tick(LISTING, "96", IN_SESSION - hour),
    ]
    store(house, said)

    def daily() -> list[Decimal]:
        first = (IN_SESSION - day * 3).date()
        found = house.prices.daily(LIVE_FEED, [LISTING], first, IN_SESSION)
        return [each.price for each in found]

    assert daily() == [92, 95]
    store(house, [replace(tick(LISTING, "97", IN_SESSION), is_close=True)])
    assert daily() == [92, 95, 97]
