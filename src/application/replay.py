"""Replay closes of the past through the very pipeline that decides live, under the prices' own clock.

A replay is a portfolio of its own with a feed of its own. What identifies it is what goes into it: the same
file with the same settings is the same replay, so that one that was interrupted goes on where it stopped.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from application.ingest_prices import IngestPrices
from application.ledger import Cause, IdempotentRequest, Ledger, Outcome, Transaction
from application.ports import Jobs, KeyAlreadyUsed, PricePoint, Prices
from application.positions import Beginning, begin
from application.registry.listings import KeepListings
from domain.listing import Listing, ListingRegistered
from domain.policy import hash_of
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerChoice, PortfolioOpened
from domain.position.events import PositionOpened
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO, POSITION

ACTOR = "ballast:replay"
PRICES_AT_ONCE_MAX = 500
POLL_SECONDS = 0.002
NUDGE_SECONDS = 2.0
STUCK_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is replayed: a listing, the money to begin with, the rule's settings and the paper broker's manners."""

    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    cash: Decimal
    shares: Decimal
    settings: SettingsChange
    broker: BrokerChoice
    source: str
    """What the prices are from: the hash of their file."""

    def digest(self) -> str:
        """What this replay is known by; another setting or another file makes another replay."""
        parts = [
            self.symbol, self.exchange, self.currency, self.quote_unit, str(self.lot), str(self.cash),
            str(self.shares), self.settings.model_dump_json(), self.broker.model_dump_json(), self.source,
        ]  # fmt: skip
        return hash_of("\0".join(parts))


@dataclass(frozen=True, slots=True)
class Begun:
    """A replay's portfolio, position and listing."""

    portfolio_id: UUID
    position_id: UUID
    listing_id: UUID


class ReplayStuck(Exception):
    """Nothing has moved for minutes: no worker is deciding, or an order cannot end."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    ingest: IngestPrices
    jobs: Jobs
    keep_listings: KeepListings

    def begin(self, scenario: Scenario, first: PricePoint) -> Begun:
        """Open the replay's portfolio and position at the first close; one that was begun is answered again."""
        digest = scenario.digest()
        earlier = self.ledger.log.receipt(ACTOR, digest)
        if earlier is not None:
            return self._begun(earlier.body)
        run_id = self.ledger.run_id()
        cause = Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id, at=first.as_of)
        listing = self._listing(cause, scenario)
        request = IdempotentRequest(ACTOR, digest, digest, 201, _rendered)
        opened = replace(cause, request=request)
        try:
            return self._open(opened, scenario, listing, first).answer
        except KeyAlreadyUsed:  # begun meanwhile, by somebody else or by an attempt given up for lost
            return self.begin(scenario, first)

    def run(self, begun: Begun, points: Sequence[PricePoint]) -> Iterator[int]:
        """Decide on every price in its turn; yields how many prices are behind. Raises ReplayStuck."""
        feed = str(begun.portfolio_id)
        done = 0
        for chunk in _chunks(points, self.ingest.before_the_first_stopped):
            self.ingest(chunk, feed)
            yield from (done + count for count in self._decided(feed, begun, chunk))
            done += len(chunk)
            yield done

    def _decided(self, feed: str, begun: Begun, chunk: Sequence[PricePoint]) -> Iterator[int]:
        """Wait until a chunk is decided and its orders have ended, waking the deciders as often as it takes."""
        progress = _Progress()
        while True:
            # Asked first: an order that the last decision made is then seen below.
            undecided = self.prices.undecided(feed)
            cursor = self.prices.cursor(feed, begun.listing_id)
            position = self.ledger.load(POSITION, begun.position_id).state
            waiting = position is not None and position.open_order is not None
            if not waiting and not undecided:
                return
            if progress.moved((cursor, waiting)):
                yield sum(1 for point in chunk if cursor is not None and point.as_of <= cursor)
                if not waiting:
                    self.jobs.wake(feed, [begun.listing_id])
            elif progress.overdue():
                self.jobs.wake(feed, [begun.listing_id])
            time.sleep(POLL_SECONDS)

    def _listing(self, cause: Cause, scenario: Scenario) -> Listing:
        wanted = ListingRegistered(
            listing_id=self.ledger.new_id(),
            symbol=scenario.symbol,
            exchange=scenario.exchange,
            currency=scenario.currency,
            quote_unit=scenario.quote_unit,
            lot=scenario.lot,
        )
        return self.keep_listings.register(cause, wanted).answer.listing

    def _begun(self, receipt: bytes) -> Begun:
        """What was begun before; its listing is the one it began in, whatever goes by that symbol now."""
        known = json.loads(receipt)
        portfolio_id, position_id = UUID(known["portfolio_id"]), UUID(known["position_id"])
        [opened] = self.ledger.log.events_of(position_id, [PositionOpened.name])
        if not isinstance(opened.event, PositionOpened):
            raise TypeError(f"position {position_id} begins with {opened.event.name}")
        return Begun(portfolio_id, position_id, opened.event.listing_id)

    def _open(self, cause: Cause, scenario: Scenario, listing: Listing, first: PricePoint) -> Outcome[Begun]:
        begun = Begun(self.ledger.new_id(), self.ledger.new_id(), listing.id)

        def decide(transaction: Transaction) -> Begun:
            stream = transaction.load(PORTFOLIO, begun.portfolio_id)
            opened = PortfolioOpened(
                portfolio_id=begun.portfolio_id,
                currency=scenario.currency,
                owner="local",
                title=f"Replay of {scenario.symbol}",
                mode="automatic",
                clock="replay",
                broker=scenario.broker,
                settings=SettingsChange(),
            )
            portfolio = transaction.append(stream, portfolio_rules.open_portfolio(opened))
            if scenario.cash:
                transaction.append(stream, portfolio_rules.deposit(portfolio, scenario.cash, "deposit"))
            beginning = Beginning(
                position_id=begun.position_id,
                portfolio_id=begun.portfolio_id,
                cash=scenario.cash,
                shares=scenario.shares,
                anchor=first.value or Decimal(0),
                settings=scenario.settings,
            )
            begin(transaction, beginning, listing)
            return begun

        return self.ledger.transact(cause, decide)


class _Progress:
    """Notices movement, and its absence."""

    def __init__(self) -> None:
        self._state: object = None
        self._moved_at = self._nudged_at = time.monotonic()

    def moved(self, state: object) -> bool:
        """Whether anything differs from the last look."""
        if state == self._state:
            return False
        self._state = state
        self._moved_at = self._nudged_at = time.monotonic()
        return True

    def overdue(self) -> bool:
        """Whether it is time for a nudge. Raises ReplayStuck when nudging has not helped for minutes."""
        now = time.monotonic()
        if now - self._moved_at > STUCK_SECONDS:
            raise ReplayStuck(f"Nothing has moved for {STUCK_SECONDS:.0f} s; is a worker running?")
        if now - self._nudged_at < NUDGE_SECONDS:
            return False
        self._nudged_at = now
        return True


def _chunks(
    points: Sequence[PricePoint], passing: Callable[[Sequence[PricePoint]], int]
) -> Iterator[Sequence[PricePoint]]:
    """Prices in chunks; one that the gate will stop begins a chunk, so that all before it are decided first."""
    begin = 0
    while begin < len(points):
        part = points[begin : begin + PRICES_AT_ONCE_MAX]
        count = passing(part) or 1
        yield part[:count]
        begin += count


def _rendered(begun: Begun) -> bytes:
    return json.dumps(
        {"portfolio_id": str(begun.portfolio_id), "position_id": str(begun.position_id)}
    ).encode()
