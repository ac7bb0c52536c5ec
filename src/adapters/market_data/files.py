"""The drop folder as a provider: asked, it has a look, and tells what files have said of a listing at last."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from application.ports import PricePoint
from application.ports.market_data import ProviderRefused, Quoted, Rated, Topic, Wanted
from domain.fx import Pair

LISTINGS_MAX = 1_000

Newest = Callable[[Sequence[UUID]], Sequence[PricePoint]]
"""The newest good price from a file of each of some listings."""


class DroppedPrices:
    """Files as a provider of one portfolio. ``look`` takes in what lies in the folder, where there is one."""

    topics: frozenset[Topic] = frozenset({"quotes"})

    def __init__(self, name: str, look: Callable[[], object], newest: Newest) -> None:
        self.name = name
        self._look = look
        self._newest = newest

    def listings_max(self, topic: Topic) -> int:
        """See application.ports.market_data.MarketData."""
        return LISTINGS_MAX

    def serves(self, wanted: Wanted) -> bool:
        """See application.ports.market_data.MarketData."""
        return True

    def quotes(self, wanted: Sequence[Wanted]) -> Quoted:
        """See application.ports.market_data.MarketData."""
        self._look()
        return Quoted(self._newest([each.listing_id for each in wanted]), kept=True)

    def closes(self, wanted: Sequence[Wanted], since: date) -> Quoted:
        """See application.ports.market_data.MarketData."""
        raise ProviderRefused("is not asked for closes")

    def rate(self, pair: Pair) -> Rated:
        """See application.ports.market_data.MarketData."""
        raise ProviderRefused("is not asked for exchange rates")
