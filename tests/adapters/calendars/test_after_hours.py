"""A decision beside an open or a close, with the setting ``after_hours`` off and on (DOMAIN §2 step 2)."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.balancing import Decision
from domain.position.evaluate import Circumstances, evaluate
from domain.settings import SettingsChange, resolve
from stories import ALLOCATED, OPENED, ORDER_ID, a_portfolio, a_quote, position

SESSIONS = ExchangeSessions()
INSTANT = timedelta(microseconds=1)

# Each edge: the last or the first instant at which it is open, and which neighbour is closed.
EDGES = [
    pytest.param("XNYS", "2024-05-07 13:30", -INSTANT, id="the open"),
    pytest.param("XNYS", "2024-05-07 20:00", INSTANT, id="the close"),
    pytest.param("XNYS", "2024-11-29 18:00", INSTANT, id="a half day's close"),
    pytest.param("XNYS", "2024-03-11 13:30", -INSTANT, id="the first open of summer time"),
    pytest.param("XASX", "2024-10-06 23:00", -INSTANT, id="Sydney's first open of summer time"),
    pytest.param("XHKG", "2024-05-07 04:00", INSTANT, id="the lunch break's begin"),
    pytest.param("XHKG", "2024-05-07 05:00", -INSTANT, id="the lunch break's end"),
]


def decided(exchange: str, at: datetime, *, after_hours: bool) -> Decision:
    """What the rule says to a fresh price three per cent under the anchor."""
    around = Circumstances(
        quote=a_quote("97.00", at),
        decided_at=at,
        now=at,
        session=SESSIONS.session_at(exchange, at),
        settings=resolve(SettingsChange(after_hours=after_hours)),
    )
    return evaluate(position.given(OPENED, ALLOCATED).state, a_portfolio(), around, ORDER_ID).decision


@pytest.mark.parametrize(("exchange", "edge", "outward"), EDGES)
def test_in_hours_only_the_edge_trades_and_the_microsecond_beyond_it_does_not(
    exchange: str, edge: str, outward: timedelta
) -> None:
    at = datetime.fromisoformat(edge).replace(tzinfo=UTC)
    reasons = [decided(exchange, each, after_hours=False).reason for each in (at - outward, at, at + outward)]
    assert reasons == [None, None, "market_closed"]


@pytest.mark.parametrize(("exchange", "edge", "outward"), EDGES)
def test_after_hours_both_sides_of_the_edge_trade_alike(exchange: str, edge: str, outward: timedelta) -> None:
    at = datetime.fromisoformat(edge).replace(tzinfo=UTC)
    outcomes = {
        decided(exchange, each, after_hours=True).outcome for each in (at - outward, at, at + outward)
    }
    assert outcomes == {"trade"}
