"""The screen lets a tick pass only when neither the gate nor a band could have anything to say about it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.bands import NEVER_BUYS, NEVER_SELLS, ListingBands, scaled
from domain.quality import STALE_INTRADAY, judge
from domain.screen import sift, window
from prices_told import observed

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
OLDEST = NOW - STALE_INTRADAY

cents = st.integers(min_value=8_000, max_value=12_500).map(lambda number: Decimal(number) / 100)
ages = st.integers(min_value=0, max_value=3_600).map(lambda seconds: timedelta(seconds=seconds))


@given(last=cents, prices=st.lists(st.tuples(cents, ages), min_size=1, max_size=8))
def test_what_passes_unseen_has_no_finding(last: Decimal, prices: list[tuple[Decimal, timedelta]]) -> None:
    """Whatever order prices come in, each ordinary one is clean against every last good price there may be."""
    windows = {"KO": window(scaled(last), OLDEST - timedelta(seconds=1), NEVER_BUYS, NEVER_SELLS)}
    ticks = sorted(((price, NOW - age) for price, age in prices), key=lambda tick: tick[1])

    if sift([("KO", scaled(price), scaled(price), at) for price, at in ticks], windows, OLDEST):
        return

    good = last
    for price, at in ticks:
        assert not judge(observed(price, good, at=at, now=NOW))
        good = price


@given(price=cents, buy=cents, sell=cents)
def test_a_price_that_touches_a_threshold_is_remarkable(price: Decimal, buy: Decimal, sell: Decimal) -> None:
    """Exactly at the threshold counts: the rule's edges are inclusive."""
    windows = {"KO": window(scaled(price), OLDEST, scaled(buy), scaled(sell))}
    due = price <= buy or price >= sell
    assert bool(sift([("KO", scaled(price), scaled(price), NOW)], windows, OLDEST)) == due


def test_an_older_tick_and_an_unknown_listing_are_remarkable() -> None:
    """Time goes forward in a window, and what has none is looked at."""
    windows = {"KO": window(scaled(Decimal(100)), NOW, NEVER_BUYS, NEVER_SELLS)}
    assert sift([("KO", scaled(Decimal(100)), scaled(Decimal(100)), NOW)], windows, OLDEST) == {"KO"}
    assert sift([("PG", scaled(Decimal(100)), scaled(Decimal(100)), NOW)], windows, OLDEST) == {"PG"}


def test_a_listing_without_positions_is_quiet_within_its_window() -> None:
    """No position, no threshold: only the gate's window counts."""
    bands = ListingBands()
    windows = {"KO": window(scaled(Decimal(100)), OLDEST, bands.quiet_low, bands.quiet_high)}
    assert sift([("KO", scaled(Decimal(100)), scaled(Decimal("104.6")), NOW)], windows, OLDEST) == set()
    assert sift([("KO", scaled(Decimal(100)), scaled(Decimal("104.7")), NOW)], windows, OLDEST) == {"KO"}
