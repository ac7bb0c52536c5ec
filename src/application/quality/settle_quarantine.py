"""Release or discard prices that wait for a person (DOMAIN §4). A freeze stays until somebody lifts it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.alerts import settle_alert
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Batch, Jobs, Prices, Quarantine, StaleVersion
from application.quality.lanes import Lanes, Surroundings
from domain.portfolio.state import LIVE_FEED
from domain.quality import in_time
from domain.quality.quarantine import Picked, Ruling, Waiting, settle
from domain.streams import LISTING

AlertedFor = Callable[[UUID], Sequence[tuple[UUID | None, str]]]
"""The portfolios with an open alert about a listing, each with the alert's rule."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person said of waiting prices: which of those that waited were meant, oldest first."""

    listing_id: UUID
    ruling: Ruling
    reason: str
    waited: Sequence[Waiting]
    meant: Sequence[Waiting]


@dataclass(frozen=True, slots=True)
class SettleQuarantine:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    quarantine: Quarantine
    lanes: Lanes
    jobs: Jobs
    alerted_for: AlertedFor

    def __call__(
        self, cause: Cause, listing_id: UUID, picked: Picked, ruling: Ruling, reason: str
    ) -> Outcome[Settled]:
        """Settle what is picked of a listing's waiting prices, and the alerts of rules of which nothing waits more.

        What is released is a price from then on, each in its place in time, and the newest wakes the deciders. Where
        nothing waits it is already so. Raises NotFound, Invalid for prices that are released by their rule alone, and
        Conflict after too many lost races.
        """
        moved = False

        def decide(transaction: Transaction) -> Settled:
            stream, listing = transaction.require(LISTING, listing_id)
            waited = self.quarantine.waiting(LIVE_FEED, listing_id)
            events = settle(listing_id, listing.symbol, waited, picked, ruling, reason)
            transaction.append(stream, events)
            for event in events:
                for portfolio_id, rule in self.alerted_for(listing_id):
                    if rule in event.over:
                        settle_alert(transaction, (portfolio_id, listing_id, rule), event.sentence())
            meant = [each for each in waited if picked.picks(each)]
            return Settled(listing_id, ruling, reason, waited, meant)

        def append(batch: Batch, settled: Settled) -> int:
            nonlocal moved
            number, moved = self._store(batch, settled)
            return number

        outcome = self.ledger.transact(cause, decide, append)
        if moved:
            self.jobs.wake(LIVE_FEED, [listing_id])
        return outcome

    def _store(self, batch: Batch, settled: Settled) -> tuple[int, bool]:
        """Append under the listing's lock, and answer whether its newest price is another one now.

        Raises StaleVersion, with nothing stored, when other prices wait than were looked at.
        """
        listing_id, points = settled.listing_id, [each.point for each in settled.meant]
        if settled.ruling == "released":
            self.lanes.calendar.refresh()
            self.lanes.rulebook.refresh()
        with self.prices.intake(LIVE_FEED, [listing_id]) as intake:
            if intake.waiting() != settled.waited:
                raise StaleVersion
            intake.settle(settled.meant, settled.ruling, settled.reason)
            newest = []
            if settled.ruling == "released" and points:
                around = Surroundings(self.ledger.clock(), {}, {})
                ordered = sorted(points, key=in_time)
                gate = self.lanes.gate(around, ordered, intake, {})
                gate.release(ordered)
                newest = [lane.last_good for lane in gate.lanes.values() if lane.changed]
                intake.publish([each for each in newest if each is not None])
            return intake.append(batch), bool(newest)
