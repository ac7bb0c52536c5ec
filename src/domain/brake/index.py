"""Which portfolios have a daily-loss brake, and what they hold: found in memory, since every tick asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.bands import BandChange


@dataclass(frozen=True, slots=True)
class _Place:
    feed: str
    listing_id: UUID
    portfolio_id: UUID


class BrakeIndex:
    """The positions of unfrozen portfolios with a limit, closed ones too: what they have left is held still.

    What readers see is replaced as a whole, never changed under them.
    """

    def __init__(self) -> None:
        self._places: dict[UUID, _Place] = {}
        self._versions: dict[UUID, int] = {}
        self._holders: dict[tuple[str, UUID], frozenset[UUID]] = {}
        self._held: dict[UUID, frozenset[UUID]] = {}

    def __bool__(self) -> bool:
        """Whether anybody has the brake on."""
        return bool(self._places)

    def put(self, changed: Iterable[BandChange]) -> None:
        """Take in what changed."""
        has_moved = False
        for change in changed:
            place = None
            if change.braked is not None:
                self._versions[change.braked.portfolio_id] = change.braked.portfolio_version
                place = _Place(change.feed, change.listing_id, change.braked.portfolio_id)
            if self._places.get(change.position_id) == place:
                continue
            has_moved = True
            if place is None:
                del self._places[change.position_id]
            else:
                self._places[change.position_id] = place
        if has_moved:
            self._arrange()

    def holders(self, feed: str, listing_id: UUID) -> list[tuple[UUID, int]]:
        """The portfolios that a price of a listing may stop, in the order of their ids, and a version of each."""
        found = self._holders.get((feed, listing_id), ())
        return [(portfolio_id, self._versions[portfolio_id]) for portfolio_id in sorted(found)]

    def weighed_with(self, feed: str, listing_ids: Collection[UUID]) -> set[UUID]:
        """Everything that is held by the portfolios that prices of these listings may stop."""
        found = (self._holders.get((feed, listing_id), frozenset()) for listing_id in listing_ids)
        return {each for portfolio_ids in found for one in portfolio_ids for each in self._held.get(one, ())}

    def _arrange(self) -> None:
        holders: dict[tuple[str, UUID], set[UUID]] = {}
        held: dict[UUID, set[UUID]] = {}
        for place in self._places.values():
            holders.setdefault((place.feed, place.listing_id), set()).add(place.portfolio_id)
            held.setdefault(place.portfolio_id, set()).add(place.listing_id)
        self._held = {portfolio_id: frozenset(each) for portfolio_id, each in held.items()}
        self._holders = {key: frozenset(each) for key, each in holders.items()}
