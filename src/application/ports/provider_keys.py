"""Where the keys of providers are kept, as the use cases need it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import SecretStr

from application.ports.broker import Credentials
from application.ports.log import Batch
from domain.market_data.providers import Provider

ProviderSecret = SecretStr | Credentials
"""A key, or the two halves that Alpaca has."""


class ProviderKeys(Protocol):
    """Keys of portfolios' providers, sealed at rest for a provider's name and the hosts that it speaks to.

    Whatever cannot be sealed or opened raises KeysSealed.
    """

    def keep(
        self,
        portfolio_id: UUID,
        providers: Sequence[Provider],
        given: Mapping[str, ProviderSecret],
        batch: Batch,
        at: datetime,
    ) -> int:
        """Keep the keys given, by the providers' names, and forget those of providers that are no more, or elsewhere.

        In one transaction with the batch; see EventLog.append for what that may raise.
        """

    def has_key(self, portfolio_id: UUID, provider: Provider) -> bool:
        """Whether a key is kept for a provider as it is described."""

    def key_of(self, portfolio_id: UUID, provider: Provider) -> ProviderSecret | None:
        """The key of a provider as it is described, None when none is kept."""
