"""What the contract of price providers is tried on."""

from datetime import UTC, date, datetime
from typing import Protocol
from uuid import UUID

from adapters.calendars.exchange_sessions import ExchangeSessions
from application.ports.market_data import MarketData, Wanted
from provider_server.board import Bar, Quote

SESSIONS = ExchangeSessions()
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""A Friday at eleven in New York: the session is on."""

KO = Wanted(UUID("019aa000-0000-7000-8000-00000000a001"), "KO", "XNYS", "USD", "USD")
PG = Wanted(UUID("019aa000-0000-7000-8000-00000000a002"), "PG", "XNYS", "USD", "USD")
UNKNOWN = Wanted(UUID("019aa000-0000-7000-8000-00000000a003"), "NOPE", "XNYS", "USD", "USD")

WEEK = [
    Bar(date(2026, 11, 16), "96.5", "95.0", "97.25", "94.75"),
    Bar(date(2026, 11, 17), "97.0"),
    Bar(date(2026, 11, 18), "98.25"),
    Bar(date(2026, 11, 19), "97.75"),
    Bar(date(2026, 11, 20), "97.10"),
]
"""Monday to Friday; Friday's session is not over."""


class Bench(Protocol):
    """A provider in the hands of a test."""

    def tell(self, wanted: Wanted, quote: Quote | None = None, bars: list[Bar] | None = None) -> None:
        """Let it have this to say."""

    def provider(self, now: datetime = NOW) -> MarketData:
        """The provider, as it is asked at a moment."""
