"""What the use cases need from providers of prices, in their own words (DOMAIN §4, §9).

An answer holds what a provider said, under its own labels, and never a price that was guessed from a broken one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from domain.fx import Pair, Rate
from domain.portfolio.state import Portfolio
from domain.price_point import PricePoint

PROVIDER_SECONDS_MAX = 10.0
"""How long any question to a provider may take before it counts as silent."""

Topic = Literal["quotes", "closes", "fx"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A listing that prices are wanted of, with the terms that they are to be in."""

    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str


@dataclass(frozen=True, slots=True)
class Payload:
    """What a provider sent, byte for byte, and which listings it was asked about."""

    topic: Topic
    listing_ids: tuple[UUID, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Quoted:
    """Prices that can be read. A listing may be missing: that says nothing about it.

    ``kept`` says that they are in the store already: the provider puts them there by itself.
    """

    points: Sequence[PricePoint]
    payloads: Sequence[Payload] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """An exchange rate that can be read, and what it was read from."""

    rate: Rate
    payload: Payload


class ProviderFailed(Exception):
    """A question without a usable answer. ``str()`` continues the provider's name: ``alpha did not answer``."""

    def __init__(self, reason: str, payload: Payload | None = None) -> None:
        super().__init__(reason)
        self.payload = payload


class ProviderSilent(ProviderFailed):
    """It cannot be reached, is too slow, or is in trouble itself: other questions will fare no better."""


class ProviderThrottled(ProviderFailed):
    """It wants to be left alone for a while."""

    def __init__(self, reason: str, retry_after_seconds: int) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class ProviderRefused(ProviderFailed):
    """It may not be asked, or does not let us in: nothing changes that but another configuration."""


class ProviderGarbled(ProviderFailed):
    """What came is no answer to the question: HTML, half a body, another shape, another symbol, nothing at all."""


class MarketData(Protocol):
    """One provider of a portfolio. Every question takes ten seconds at most and is asked once.

    Each raises a kind of ProviderFailed. Prices carry the provider's ``source``, and whatever it calls their currency
    and unit.
    """

    @property
    def name(self) -> str:
        """What the portfolio calls it."""

    @property
    def topics(self) -> frozenset[Topic]:
        """What it can be asked about."""

    def listings_max(self, topic: Topic) -> int:
        """About how many listings a question for quotes or closes may be."""

    def serves(self, wanted: Wanted) -> bool:
        """Whether it is asked about a listing at all: elsewhere its symbol may be another security."""

    def quotes(self, wanted: Sequence[Wanted]) -> Quoted:
        """The latest quotes of some listings."""

    def closes(self, wanted: Sequence[Wanted], since: date) -> Quoted:
        """Daily bars of sessions that are over, from a day on, timed at each session's close."""

    def rate(self, pair: Pair) -> Rated:
        """The latest exchange rate of a pair."""


class Providers(Protocol):
    """The providers of portfolios."""

    def of(self, portfolio: Portfolio, now: datetime) -> Sequence[MarketData]:
        """Those of a portfolio in the order in which they are asked; nothing is asked yet.

        ``now`` is the moment that their answers are of.
        """
