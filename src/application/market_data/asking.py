"""Ask a portfolio's providers in their order, each question once, until everything that is wanted has come.

One that is silent, throttles or does not let us in is left alone, for every worker: as long as it says, else longer
each time. A broken answer is left behind; several in a row are a broken provider.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from application.ingest_prices import IngestPrices
from application.market_data.due import Due
from application.market_data.outcome import Outcome
from application.market_data.take_rates import TakeRates
from application.ports.market_data import (
    MarketData,
    Payload,
    ProviderFailed,
    ProviderGarbled,
    ProviderThrottled,
    Quoted,
    Topic,
)
from application.ports.provider_records import ProviderRecords, Rest
from domain.fx import Pair, is_stale

T = TypeVar("T")

GARBLED_MAX = 3
"""So many broken answers in a row are enough of a provider."""

REST_FIRST = timedelta(seconds=15)
REST_MAX = timedelta(minutes=15)
REFRESH_SECONDS_MAX = 300.0


class Stopped(Exception):
    """Nobody is to be asked any more: the portfolio was frozen, or the time is over."""


@dataclass(slots=True)
class Asking:
    """One refresh of one portfolio, under way. ``frozen_because`` is looked at before each question."""

    portfolio_id: UUID
    now: datetime
    by_person: bool
    outcome: Outcome
    records: ProviderRecords
    ingest: IngestPrices
    take_rates: TakeRates
    frozen_because: Callable[[], str | None]
    _until: float = field(default_factory=lambda: time.monotonic() + REFRESH_SECONDS_MAX)
    _garbled: int = 0
    _usable: bool = False

    def ask(self, providers: Sequence[MarketData]) -> None:
        """Ask them all, each about what those before it did not answer."""
        rests = self.records.rests(self.portfolio_id)
        for provider in providers:
            questions = list(self._questions(provider))
            if not questions:
                continue
            rest = rests.get(provider.name)
            if rest is not None and self._is_resting(rest):
                self.outcome.left_alone.append(provider.name)
                self.outcome.notes.append(
                    f"{provider.name} is left alone until {rest.until:%H:%M:%S} UTC: it {rest.reason}."
                )
                continue
            try:
                self._ask(provider, questions, rest)
            except Stopped:
                return

    def _is_resting(self, rest: Rest) -> bool:
        """A person who asks is not kept waiting for what only has failed before."""
        return self.now < rest.until and (rest.wanted or not self.by_person)

    def _ask(self, provider: MarketData, questions: Sequence[Callable[[], None]], rest: Rest | None) -> None:
        self.outcome.asked.append(provider.name)
        self._garbled, self._usable = 0, False
        for question in questions:
            self._require_going_on()
            try:
                question()
                self._garbled = 0
            except ProviderFailed as failed:
                self._keep(provider, failed.payload, str(failed))
                self.outcome.notes.append(f"{provider.name} {failed}.")
                self._garbled += 1
                if not isinstance(failed, ProviderGarbled) or self._garbled == GARBLED_MAX:
                    self._leave_alone(provider, failed, rest)
                    return
        if rest is not None and self._usable:
            self.records.forgive(self.portfolio_id, provider.name)

    def _require_going_on(self) -> None:
        self.outcome.frozen_because = self.frozen_because()
        if self.outcome.frozen_because is not None:
            raise Stopped
        if time.monotonic() > self._until:
            self.outcome.notes.append("There was no time left to ask for more.")
            raise Stopped

    def _leave_alone(self, provider: MarketData, failure: ProviderFailed, rest: Rest | None) -> None:
        failures = 1 if rest is None else rest.failures + 1
        if isinstance(failure, ProviderThrottled):
            pause, wanted = timedelta(seconds=failure.retry_after_seconds), True
        else:
            pause, wanted = _longer_each_time(rest), False
        left_alone = Rest(self.now + pause, failures, wanted, str(failure))
        self.records.rest(self.portfolio_id, provider.name, left_alone)

    def _questions(self, provider: MarketData) -> Iterator[Callable[[], None]]:
        """What a provider can be asked of what is still wanted."""
        served = [each for each in self.outcome.due if provider.serves(each.wanted)]
        if "quotes" in provider.topics:
            unknown = [each for each in served if each.wanted.listing_id not in self.outcome.fresh]
            for group in _groups(unknown, provider.listings_max("quotes")):
                yield partial(self._quotes, provider, group)
        if "closes" in provider.topics:
            for since, listings in self._closes_wanted(served).items():
                for group in _groups(listings, provider.listings_max("closes")):
                    yield partial(self._closes, provider, group, since)
        if "fx" in provider.topics:
            for pair in self.outcome.unrated:
                yield partial(self._rate, provider, pair)

    def _closes_wanted(self, served: Sequence[Due]) -> dict[date, list[Due]]:
        """The listings whose closes are missing, by the first day that is."""
        by_day = dict[date, list[Due]]()
        for each in served:
            if each.closes_since is not None and each.wanted.listing_id not in self.outcome.closed:
                by_day.setdefault(each.closes_since, []).append(each)
        return by_day

    def _quotes(self, provider: MarketData, group: Sequence[Due]) -> None:
        self._take(provider, "quotes", provider.quotes([each.wanted for each in group]))

    def _closes(self, provider: MarketData, group: Sequence[Due], since: date) -> None:
        self._take(provider, "closes", provider.closes([each.wanted for each in group], since))

    def _take(self, provider: MarketData, topic: Topic, quoted: Quoted) -> None:
        """Put prices in through the gate, and see which of them it let through."""
        for payload in quoted.payloads:
            self._keep(provider, payload, None)
        if quoted.points and not quoted.kept:
            self.outcome.new_prices += self.ingest(quoted.points).accepted
        good = self.records.good(quoted.points)
        self._usable = self._usable or bool(good)
        self.outcome.take(provider.name, good)

    def _rate(self, provider: MarketData, pair: Pair) -> None:
        rated = provider.rate(pair)
        self._keep(provider, rated.payload, None)
        taken = self.take_rates([rated.rate])
        stopped = bool(taken.quarantined or taken.rejected) or is_stale(rated.rate, self.now)
        if not stopped:
            self._usable = True
            self.outcome.rated[pair] = provider.name

    def _keep(self, provider: MarketData, payload: Payload | None, problem: str | None) -> None:
        if payload is not None:
            sha256 = self.records.keep(self.portfolio_id, provider.name, payload, problem, self.now)
            self.outcome.payloads.append(sha256)


def _groups(listings: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for begin in range(0, len(listings), size):
        yield listings[begin : begin + size]


def _longer_each_time(rest: Rest | None) -> timedelta:
    pause = REST_FIRST
    for _ in range(0 if rest is None else min(rest.failures, 10)):
        pause *= 2
    return min(pause, REST_MAX)
