"""Whichever price of a quote the rule takes, no tick that it would trade on is let pass as quiet."""

from datetime import timedelta
from decimal import Decimal

import pytest

from api.wiring import House
from application import portfolios
from application.ports import PricePoint
from domain.portfolio.state import LIVE_FEED
from domain.refusals import Invalid
from domain.settings import SettingsChange
from examples import IN_SESSION, Opened, by_hand, open_example, tick

SECOND = timedelta(seconds=1)


def test_a_mid_beyond_the_band_is_decided_though_the_last_trade_is_inside(house: House) -> None:
    """Last 98 is more than a percent off the mid of 96.90, so the mid decides: 3.1 % under the anchor."""
    opened = given(house)
    quote = PricePoint(
        opened.listing_id, IN_SESSION + SECOND, Decimal(98), Decimal("96.85"), Decimal("96.95"), False, "api"
    )

    taken = house.ingest_prices([tick(opened.listing_id, "98"), quote])
    drained = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])

    assert taken.accepted == 2
    assert drained.intended


def test_a_close_is_decided_though_a_later_tick_came_before_the_decision(house: House) -> None:
    """Who decides on closes misses none of them; the later tick is inside the band."""
    opened = given(house, SettingsChange(cadence="close"))
    close = PricePoint(
        opened.listing_id, IN_SESSION + SECOND, Decimal(96), None, None, is_close=True, source="api"
    )

    house.ingest_prices([tick(opened.listing_id, "100")])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    house.ingest_prices([close, tick(opened.listing_id, "99", IN_SESSION + 2 * SECOND)])

    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).intended


def test_a_close_that_is_no_longer_current_moves_nobody_else(house: House) -> None:
    """Who decides on ticks decides on the newest price only."""
    opened = given(house)
    close = PricePoint(
        opened.listing_id, IN_SESSION + SECOND, Decimal(96), None, None, is_close=True, source="api"
    )

    house.ingest_prices([tick(opened.listing_id, "100")])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    house.ingest_prices([close, tick(opened.listing_id, "99", IN_SESSION + 2 * SECOND)])

    assert not house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).intended


def test_a_late_price_is_judged_like_any_other(house: House) -> None:
    """A price a hundred times too large is not good because it is old."""
    opened = given(house)
    house.ingest_prices(
        [tick(opened.listing_id, "100"), tick(opened.listing_id, "101", IN_SESSION + 2 * SECOND)]
    )

    taken = house.ingest_prices([tick(opened.listing_id, "9999", IN_SESSION + SECOND)])

    assert [finding.rule for _, finding in taken.quarantined] == ["scale"]


def test_a_portfolio_may_not_contradict_what_its_positions_override(house: House) -> None:
    """A lower guardrail above a position's own upper one is refused, and nothing has changed."""
    opened = given(house, SettingsChange(g_high=Decimal("0.6")))

    with pytest.raises(Invalid):
        portfolios.amend(
            house.ledger,
            by_hand(house),
            opened.portfolio_id,
            None,
            SettingsChange(g_low=Decimal("0.65"), g_high=Decimal("0.9")),
            house.positions_of,
        )


def given(house: House, settings: SettingsChange | None = None) -> Opened:
    """DOMAIN §2's example position, in a session."""
    house.ledger.clock = lambda: IN_SESSION + 3 * SECOND
    return open_example(house, settings=settings)
