"""What portfolios watch, and what people have been told of it."""

from collections.abc import Sequence
from typing import Protocol

from domain.fx import Rate
from domain.watching.seen import Told, Watched


class WatchedListings(Protocol):
    """What live portfolios watch: what they trade, what they hold, and the constituents that they monitor."""

    def listings(self) -> Sequence[Watched]:
        """Every listing that a live portfolio watches, with its newest good price."""

    def told(self, rules: Sequence[str]) -> Sequence[Told]:
        """The latest alert of each of these rules about a portfolio and a listing."""

    def rates(self) -> Sequence[Rate]:
        """The newest good exchange rate of each pair."""
