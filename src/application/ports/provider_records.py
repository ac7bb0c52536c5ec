"""What is kept of providers' answers, and of providers that are left alone for a while, as the use cases need it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.ports.market_data import Payload
from domain.price_point import PricePoint


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when a provider is left alone, and why. ``wanted`` is that it asked for it; ``failures`` are in a row."""

    until: datetime
    failures: int
    wanted: bool
    reason: str


class ProviderRecords(Protocol):
    """What every worker knows of a portfolio's providers."""

    def rests(self, portfolio_id: UUID) -> Mapping[str, Rest]:
        """The providers that were left alone at last, by name; their rest may be over."""

    def rest(self, portfolio_id: UUID, provider: str, rest: Rest) -> None:
        """Leave a provider alone."""

    def forgive(self, portfolio_id: UUID, provider: str) -> None:
        """Forget that a provider has failed, because it answered well."""

    def keep(
        self, portfolio_id: UUID, provider: str, payload: Payload, problem: str | None, at: datetime
    ) -> str:
        """Keep what a provider sent, once however often it is sent, and answer its SHA-256 in hexadecimal digits."""

    def good(self, points: Sequence[PricePoint]) -> AbstractSet[PricePoint]:
        """Those of some live prices that are in the store and that everybody may use."""

    def newest_closes(self, listing_ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
        """The moment of each listing's newest good live close, of those that have one."""
