"""Keys of providers, sealed so that each opens for its portfolio, its provider and that provider's hosts only.

Whoever may change where a provider is cannot have its key sent there: under another host it does not open.
"""

import json
from typing import NamedTuple, Self
from uuid import UUID

from pydantic import SecretStr

from adapters.seals.seals import Seals
from application.ports.broker import Credentials
from application.ports.provider_keys import ProviderSecret
from domain.market_data.providers import Provider


class Holder(NamedTuple):
    """Whose key it is: a portfolio's provider, as what it is and where it is."""

    portfolio_id: UUID
    name: str
    kind: str
    hosts: tuple[str, ...]

    @classmethod
    def of(cls, portfolio_id: UUID, provider: Provider) -> Self:
        """A provider as it is described."""
        return cls(portfolio_id, provider.name, provider.kind, provider.hosts)


class ProviderSeals(Seals):
    """Seals and opens keys of providers."""

    def seal(self, holder: Holder, secret: ProviderSecret) -> bytes:
        """A key, or two halves under one seal."""
        if isinstance(secret, Credentials):
            told = json.dumps([secret.key_id.get_secret_value(), secret.secret_key.get_secret_value()])
        else:
            told = json.dumps(secret.get_secret_value())
        return self._seal(told, _purpose(holder))

    def open(self, holder: Holder, sealed: bytes) -> ProviderSecret:
        """What was sealed."""
        what, otherwise = f"The key of {holder.name}", "give the provider's key again"
        opened = json.loads(self._open(sealed, _purpose(holder), what=what, otherwise=otherwise))
        if isinstance(opened, str):
            return SecretStr(opened)
        key_id, secret_key = opened
        return Credentials(SecretStr(key_id), SecretStr(secret_key))


def _purpose(holder: Holder) -> bytes:
    named = ["provider", str(holder.portfolio_id), holder.name, holder.kind, *holder.hosts]
    return json.dumps(named).encode()
