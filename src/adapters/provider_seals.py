"""Keys of providers, sealed so that each opens for its portfolio, its provider and that provider's hosts only.

Whoever may change where a provider is cannot have its key sent there: under another host it does not open.
"""

import json
from collections.abc import Callable
from typing import NamedTuple, Self
from uuid import UUID

from pydantic import SecretStr

from adapters.sealing import VARIABLE, CannotOpen, Sealer
from application.ports.broker import Credentials, KeysSealed
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


class ProviderSeals:
    """Seals and opens, and says KeysSealed with one sentence where that cannot be done."""

    def __init__(self, sealer: Callable[[], Sealer]) -> None:
        """``sealer`` is asked at every use, since its keys may come later or change; it may raise ValueError."""
        self._make_sealer = sealer

    def seal(self, holder: Holder, secret: ProviderSecret) -> bytes:
        """A key, or two halves under one seal."""
        if isinstance(secret, Credentials):
            text = json.dumps([secret.key_id.get_secret_value(), secret.secret_key.get_secret_value()])
        else:
            text = json.dumps(secret.get_secret_value())
        try:
            return self._sealer.seal(text.encode(), _purpose(holder))
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def open(self, holder: Holder, sealed: bytes) -> ProviderSecret:
        """What was sealed."""
        try:
            opened = json.loads(self._sealer.open(sealed, _purpose(holder)))
        except CannotOpen as error:
            raise KeysSealed(
                f"The key of {holder.name} cannot be opened. {error} Put the key back into {VARIABLE},"
                " or give the provider's key again."
            ) from None
        if isinstance(opened, str):
            return SecretStr(opened)
        key_id, secret_key = opened
        return Credentials(SecretStr(key_id), SecretStr(secret_key))

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something was sealed with the newest key."""
        return self._sealer.is_newest(sealed)

    @property
    def _sealer(self) -> Sealer:
        try:
            return self._make_sealer()
        except ValueError as error:
            raise KeysSealed(f"{error}.") from None


def _purpose(holder: Holder) -> bytes:
    """What a seal is bound to, spelled so that no two spell alike."""
    return json.dumps(
        ["provider", str(holder.portfolio_id), holder.name, holder.kind, *holder.hosts]
    ).encode()
