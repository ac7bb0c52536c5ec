"""The corporate actions that may have something to do yet, in this process, brought up to date with the log.

Most listings have none: for their ticks the calendar costs one look into a table in memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from threading import Lock
from uuid import UUID

from application.ports import Actions, Batch
from domain.actions import Announced, Due, MergerAnnounced, Phase, expected_price, in_order, moments_of
from domain.quality import EVER


@dataclass(slots=True)
class ActionCalendar:
    """One calendar for all threads of a process."""

    actions: Actions
    _up_to: int = 0
    _announced: dict[UUID, tuple[Announced, ...]] = field(default_factory=dict)
    _moments: dict[UUID, tuple[Due, ...]] = field(default_factory=dict)
    _settled: set[tuple[str, UUID, Phase]] = field(default_factory=set)
    _open: dict[tuple[str, UUID], tuple[Due, ...]] = field(default_factory=dict)
    _changing: Lock = field(default_factory=Lock)

    def refresh(self, log_number: int | None = None) -> None:
        """Take in what was announced, at least up to the log's ``log_number``; None asks the log in any case."""
        with self._changing:
            if log_number is not None and log_number <= self._up_to:
                return
            newest, announced = self.actions.since(self._up_to)
            self._up_to = max(newest, log_number or 0)
            if not announced:
                return
            for action in announced:
                known = (*self._announced.get(action.listing_id, ()), action)
                self._announced[action.listing_id] = tuple(sorted(known, key=in_order))
            self._moments = _moments(self._announced)
            self._open.clear()

    def skip_own(self, batch: Batch, last: int) -> None:
        """What ticks append announces nothing: it need not be asked for when nobody else wrote in between."""
        with self._changing:
            if self._up_to == last - len(batch.events):
                self._up_to = last

    @property
    def knows_any(self) -> bool:
        """Whether anything was ever announced."""
        return bool(self._announced)

    def knows(self, listing_id: UUID) -> bool:
        """Whether anything was ever announced of a listing."""
        return listing_id in self._announced

    def effective(self, listing_ids: Iterable[UUID]) -> dict[UUID, datetime]:
        """When each action that was announced of some listings takes effect."""
        announced = (self._announced.get(each, ()) for each in listing_ids)
        return {each.action_id: each.effective_at for actions in announced for each in actions}

    def is_due(self, feed: str, listing_id: UUID, at: datetime) -> bool:
        """Whether something of a listing has to be settled on a feed before a price of this moment is decided."""
        if listing_id not in self._moments:
            return False
        waiting = self._waiting(feed, listing_id)
        return bool(waiting) and waiting[0].at <= at

    def due(self, feed: str, listing_id: UUID, at: datetime) -> list[Due]:
        """What has to be settled on a feed by a moment, in its order."""
        return [each for each in self._waiting(feed, listing_id) if each.at <= at]

    def listings_due(self, feed: str, at: datetime) -> list[UUID]:
        """The listings with something to settle on a feed by a moment."""
        return [listing_id for listing_id in tuple(self._moments) if self.is_due(feed, listing_id, at)]

    def settled(self, feed: str, due: Due) -> None:
        """Remember that no position of a feed waits for this any more."""
        with self._changing:
            self._settled.add((feed, due.action.action_id, due.phase))
            self._open = {place: waiting for place, waiting in self._open.items() if place[0] != feed}

    def expected(self, listing_id: UUID, price: Decimal, after: datetime, until: datetime) -> Decimal | None:
        """What a listing's price has become by actions between two moments; None when none took effect."""
        announced = self._announced.get(listing_id)
        return expected_price(announced, price, after, until) if announced else None

    def changes_units(self, listing_id: UUID, since: datetime, until: datetime) -> bool:
        """Whether an action between two moments makes other units of a listing's."""
        announced = self._announced.get(listing_id, ())
        return any(each.kind != "dividend" and since <= each.effective_at <= until for each in announced)

    def next_effective(self, listing_id: UUID, after: datetime) -> datetime:
        """When the next action of a listing takes effect after a moment; the end of time when none is known."""
        announced = self._announced.get(listing_id, ())
        return next((each.effective_at for each in announced if each.effective_at > after), EVER)

    def _waiting(self, feed: str, listing_id: UUID) -> tuple[Due, ...]:
        known = self._open.get((feed, listing_id))
        if known is not None:
            return known
        with self._changing:
            moments = self._moments.get(listing_id, ())
            waiting = tuple(
                each for each in moments if (feed, each.action.action_id, each.phase) not in self._settled
            )
            self._open[feed, listing_id] = waiting
            return waiting


def _moments(announced: dict[UUID, tuple[Announced, ...]]) -> dict[UUID, tuple[Due, ...]]:
    """What there is to do, by listing, in its order; with a position its dividends go on to the listing merged into."""
    found: dict[UUID, list[Due]] = {}
    for listing_id, actions in announced.items():
        for each in (moment for action in actions for moment in moments_of(action)):
            found.setdefault(listing_id, []).append(each)
            if each.phase == "payable":
                for later in _merged_into(announced, listing_id):
                    found.setdefault(later, []).append(each)
    return {listing_id: tuple(sorted(each, key=lambda due: due.at)) for listing_id, each in found.items()}


def _merged_into(announced: dict[UUID, tuple[Announced, ...]], listing_id: UUID) -> Iterable[UUID]:
    seen = {listing_id}
    while True:
        mergers = [each for each in announced.get(listing_id, ()) if isinstance(each, MergerAnnounced)]
        if not mergers or mergers[0].into_listing_id in seen:
            return
        listing_id = mergers[0].into_listing_id
        seen.add(listing_id)
        yield listing_id
