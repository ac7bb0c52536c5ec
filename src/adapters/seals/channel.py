"""Addresses of channels, sealed so that each opens as that channel's, for its owner, only."""

import json
from uuid import UUID

from pydantic import SecretStr

from adapters.seals.sealing import CannotOpen
from adapters.seals.seals import Seals
from application.ports.broker import KeysSealed


class ChannelSeals(Seals):
    """Seals and opens addresses."""

    def fingerprint(self, url: SecretStr) -> str:
        """A short name of an address."""
        try:
            return self._sealer.fingerprint(url.get_secret_value().encode())
        except CannotOpen as error:
            raise KeysSealed(str(error)) from None

    def seal(self, owner: str, channel_id: UUID, url: SecretStr) -> bytes:
        """The address of a person's channel, sealed."""
        return self._seal(url.get_secret_value(), _purpose(owner, channel_id))

    def open(self, owner: str, channel_id: UUID, sealed: bytes) -> SecretStr:
        """The address that was sealed."""
        purpose = _purpose(owner, channel_id)
        return SecretStr(
            self._open(sealed, purpose, what="The channel's address", otherwise="give the address again")
        )


def _purpose(owner: str, channel_id: UUID) -> bytes:
    return json.dumps(["channel address", owner, str(channel_id)]).encode()
