"""Addresses of channels, sealed so that each opens as that channel's, for its owner, only."""

import json
from collections.abc import Callable
from uuid import UUID

from pydantic import SecretStr

from adapters.sealing import VARIABLE, CannotOpen, Sealer
from application.ports.broker import KeysSealed


class ChannelSeals:
    """Seals and opens, and says KeysSealed with one sentence where that cannot be done."""

    def __init__(self, sealer: Callable[[], Sealer]) -> None:
        """``sealer`` is asked at every use, since its keys may come later or change; it may raise ValueError."""
        self._make_sealer = sealer

    def fingerprint(self, url: SecretStr) -> str:
        """A short name of an address."""
        try:
            return self._sealer.fingerprint(url.get_secret_value().encode())
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def seal(self, owner: str, channel_id: UUID, url: SecretStr) -> bytes:
        """The address of a person's channel, sealed."""
        try:
            return self._sealer.seal(url.get_secret_value().encode(), _purpose(owner, channel_id))
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def open(self, owner: str, channel_id: UUID, sealed: bytes) -> SecretStr:
        """The address that was sealed."""
        try:
            return SecretStr(self._sealer.open(sealed, _purpose(owner, channel_id)).decode())
        except CannotOpen as error:
            raise KeysSealed(
                f"The channel's address cannot be opened. {error}"
                f" Put the key back into {VARIABLE}, or give the address again."
            ) from None

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something was sealed with the newest key."""
        return self._sealer.is_newest(sealed)

    @property
    def _sealer(self) -> Sealer:
        try:
            return self._make_sealer()
        except ValueError as error:
            raise KeysSealed(f"{error}.") from None


def _purpose(owner: str, channel_id: UUID) -> bytes:
    return json.dumps(["channel address", owner, str(channel_id)]).encode()
