"""Secrets of one-time codes, sealed so that each opens as that person's only."""

import json

from pydantic import SecretStr

from adapters.seals.seals import Seals


class SecondFactorSeals(Seals):
    """Seals and opens them."""

    def seal(self, user_id: str, secret: SecretStr) -> bytes:
        """A person's secret, sealed."""
        return self._seal(secret.get_secret_value(), _purpose(user_id))

    def open(self, user_id: str, sealed: bytes) -> SecretStr:
        """The secret that was sealed."""
        what, otherwise = "The second factor", "have it removed by ballast user reset NAME --second-factor"
        return SecretStr(self._open(sealed, _purpose(user_id), what=what, otherwise=otherwise))


def _purpose(user_id: str) -> bytes:
    return json.dumps(["second factor", user_id]).encode()
