"""Prices on their way in: judged, stored once, and frozen upon when they cannot be true (DOMAIN §4)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios, positions
from application.ports import PricePoint
from domain.portfolio.state import LIVE_FEED
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example, tick

SECOND = timedelta(seconds=1)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def frozen_because(house: House, opened: Opened) -> str | None:
    """Why the portfolio is frozen."""
    state = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert state is not None
    return state.frozen_because


def later(listing_id: UUID, price: str, seconds: int = 1) -> PricePoint:
    """A price so many seconds later."""
    return tick(listing_id, price, IN_SESSION + seconds * SECOND)


def events(house: House) -> int:
    """How long the log is."""
    with house.pool.connection() as connection:
        return house.log.last_number(connection)


def points(house: House) -> Sequence[tuple[Any, ...]]:
    """Every stored price with what stopped it."""
    with house.pool.connection() as connection:
        rows = connection.execute("select feed, last, quarantined from price_points order by as_of, last")
        return [tuple(row.values()) for row in rows.fetchall()]


def test_a_jump_is_quarantined_and_freezes_who_holds_the_listing(house: House) -> None:
    """Good prices of the same batch are stored, the others' portfolios go on."""
    holder, stranger = open_example(house), open_example(house, symbol="PEP")
    house.ingest_prices([tick(holder.listing_id, "100"), tick(stranger.listing_id, "50")])
    taken = house.ingest_prices(
        [
            later(holder.listing_id, "10000"),
            later(stranger.listing_id, "51"),
            later(holder.listing_id, "101", 2),
        ]
    )
    assert (taken.accepted, taken.duplicates, len(taken.quarantined)) == (2, 0, 1)
    assert frozen_because(house, stranger) is None
    reason = "Quarantined KO at 10000: a hundredfold change of scale, expected near 100."
    assert frozen_because(house, holder) == reason
    assert [stopped for _, price, stopped in points(house) if price == 10_000] == ["scale"]
    newest = house.prices.latest(LIVE_FEED, holder.listing_id)
    assert newest is not None
    assert newest.last == 101


def test_every_portfolio_that_holds_the_listing_is_frozen(house: House) -> None:
    """With a position, or with shares that a closed one left behind; not with an empty closed one."""
    first = open_example(house)
    others = [_another_with(house, first.listing_id, shares) for shares in ("10", "5", "0")]
    for other in others[1:]:
        positions.close(house.ledger, by_hand(house), other.position_id)
    house.ingest_prices([tick(first.listing_id, "100")])
    house.ingest_prices([later(first.listing_id, "300")])
    frozen = [frozen_because(house, each) is not None for each in (first, *others)]
    assert frozen == [True, True, True, False]


def test_a_replay_feed_freezes_only_itself(house: House) -> None:
    """A wild price of the past is no reason to stop today."""
    opened = open_example(house)
    feed = str(UUID(int=9))
    house.ingest_prices([tick(opened.listing_id, "100")])
    house.ingest_prices([tick(opened.listing_id, "100"), later(opened.listing_id, "1000")], feed)
    assert frozen_because(house, opened) is None
    assert [row for row in points(house) if row[2]] == [(feed, Decimal(1000), "split_suspect")]


def test_the_same_batch_again_changes_nothing(house: House) -> None:
    """No price, no event, and no new freeze after a person has lifted the first."""
    opened = open_example(house)
    batch = [
        tick(opened.listing_id, "100"),
        later(opened.listing_id, "400"),
        later(opened.listing_id, "99", 2),
    ]
    house.ingest_prices(batch)
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "checked")
    before = events(house), points(house)
    taken = house.ingest_prices(batch)
    assert (taken.accepted, taken.duplicates, taken.late, taken.quarantined) == (0, 3, 0, [])
    assert (events(house), points(house)) == before


def test_an_old_quarantined_price_beside_a_new_one_freezes_nothing_anew(house: House) -> None:
    """A provider that sends its last two prices each time repeats the bad one: it was judged already."""
    opened = open_example(house)
    bad = later(opened.listing_id, "400")
    house.ingest_prices([tick(opened.listing_id, "100")])
    house.ingest_prices([bad])
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "checked")
    taken = house.ingest_prices([bad, later(opened.listing_id, "101", 2)])
    assert (taken.accepted, taken.duplicates, taken.quarantined) == (1, 1, [])
    assert frozen_because(house, opened) is None


def test_a_price_sent_twice_in_one_batch_counts_once(house: House) -> None:
    """Good or quarantined."""
    opened = open_example(house)
    good, bad = tick(opened.listing_id, "100"), later(opened.listing_id, "400")
    taken = house.ingest_prices([good, good, bad, bad])
    assert (taken.accepted, taken.duplicates, len(taken.quarantined)) == (1, 2, 1)


def test_a_late_price_is_history(house: House) -> None:
    """Stored and counted, but neither the latest nor decided upon."""
    opened = open_example(house)
    house.ingest_prices([later(opened.listing_id, "100")])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    taken = house.ingest_prices([tick(opened.listing_id, "97.00")])
    assert (taken.accepted, taken.late) == (1, 1)
    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).ticks == 0
    newest = house.prices.latest(LIVE_FEED, opened.listing_id)
    assert newest is not None
    assert newest.last == 100


def test_half_a_quote_does_not_disarm_the_gate(house: House) -> None:
    """A bid alone is stored, but the next price is judged against the last whole one."""
    opened = open_example(house)
    house.ingest_prices([tick(opened.listing_id, "100")])
    house.ingest_prices([replace(later(opened.listing_id, "1"), last=None, bid=Decimal(99))])
    taken = house.ingest_prices([later(opened.listing_id, "10000", 2)])
    assert [finding.rule for _, finding in taken.quarantined] == ["scale"]


def test_a_bar_is_kept_whole(house: House) -> None:
    """With its first, highest and lowest price, in the history and as the latest."""
    opened = open_example(house)
    bar = replace(
        tick(opened.listing_id, "100"), open=Decimal(99), high=Decimal(101), low=Decimal(98), is_close=True
    )
    house.ingest_prices([bar])
    assert house.prices.latest(LIVE_FEED, opened.listing_id) == bar
    [row] = house.prices.page(LIVE_FEED, opened.listing_id, None, 10)
    assert (row["open"], row["high"], row["low"], row["last"]) == (99, 101, 98, 100)


def _another_with(house: House, listing_id: UUID, shares: str) -> Opened:
    other = open_example(house, shares="0", cash="0", symbol=f"OTHER{shares}")
    position_id = house.ledger.new_id()
    positions.open_position(
        house.ledger,
        by_hand(house),
        position_id,
        portfolio_id=other.portfolio_id,
        listing_id=listing_id,
        cash=Decimal(0),
        shares=Decimal(shares),
        anchor=Decimal(100),
        settings=SettingsChange(),
    )
    return Opened(listing_id, other.portfolio_id, position_id)
