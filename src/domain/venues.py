"""Exchanges that most listings are on, and in which currency and unit most prices come there."""

from typing import NamedTuple

from domain.money import WRITTEN


class Venue(NamedTuple):
    """By its market identifier (ISO 10383). ``minor_unit`` is the quote unit where that is not the currency itself."""

    exchange: str
    name: str
    currency: str
    minor_unit: str | None = None

    @property
    def quote_unit(self) -> str:
        """What its prices are in, as it is written."""
        unit = self.minor_unit or self.currency
        return WRITTEN.get(unit, unit)


VENUES = (
    Venue("XNYS", "New York Stock Exchange", "USD"),
    Venue("XNAS", "Nasdaq", "USD"),
    Venue("ARCX", "NYSE Arca", "USD"),
    Venue("BATS", "Cboe BZX", "USD"),
    Venue("XASE", "NYSE American", "USD"),
    Venue("XTSE", "Toronto", "CAD"),
    Venue("XMEX", "Mexico", "MXN"),
    Venue("BVMF", "São Paulo, B3", "BRL"),
    Venue("XLON", "London Stock Exchange", "GBP", "GBX"),
    Venue("XDUB", "Dublin", "EUR"),
    Venue("XETR", "Xetra", "EUR"),
    Venue("XFRA", "Frankfurt", "EUR"),
    Venue("XPAR", "Paris", "EUR"),
    Venue("XAMS", "Amsterdam", "EUR"),
    Venue("XBRU", "Brussels", "EUR"),
    Venue("XLIS", "Lisbon", "EUR"),
    Venue("XMAD", "Madrid", "EUR"),
    Venue("XMIL", "Milan", "EUR"),
    Venue("XWBO", "Vienna", "EUR"),
    Venue("XHEL", "Helsinki", "EUR"),
    Venue("XSWX", "Zurich, SIX", "CHF"),
    Venue("XSTO", "Stockholm", "SEK"),
    Venue("XCSE", "Copenhagen", "DKK"),
    Venue("XOSL", "Oslo", "NOK"),
    Venue("XWAR", "Warsaw", "PLN"),
    Venue("XPRA", "Prague", "CZK"),
    Venue("XTAE", "Tel Aviv", "ILS", "ILA"),
    Venue("XJSE", "Johannesburg", "ZAR", "ZAC"),
    Venue("XTKS", "Tokyo", "JPY"),
    Venue("XHKG", "Hong Kong", "HKD"),
    Venue("XKRX", "Seoul", "KRW"),
    Venue("XTAI", "Taipei", "TWD"),
    Venue("XSES", "Singapore", "SGD"),
    Venue("XASX", "Sydney, ASX", "AUD"),
    Venue("XNZE", "Wellington, NZX", "NZD"),
    Venue("XSIM", "Simulated, open around the clock", "USD"),
)
"""Ballast knows the hours of more than these: any exchange that has a calendar can be registered."""
