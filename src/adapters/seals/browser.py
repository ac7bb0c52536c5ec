"""Cookies that say that a person has signed in with a browser before: sealed, so that nobody makes one up."""

import base64
import binascii
import json
from uuid import UUID, uuid4

from adapters.seals.seals import Seals
from application.ports.broker import KeysSealed
from domain.access.person import name_key


class BrowserSeals(Seals):
    """Makes and reads them. Each is of one name, and knows its browser by an id that says nothing of it."""

    def new(self, name: str) -> str | None:
        """A cookie's value for another browser of a person's, None where nothing can be sealed."""
        try:
            sealed = self._seal(uuid4().hex, _purpose(name))
        except KeysSealed:
            return None
        return base64.urlsafe_b64encode(sealed).decode()

    def browser_of(self, value: str, name: str) -> str | None:
        """The id of the browser that the person of this name has signed in with, None for what is no such cookie."""
        try:
            sealed = base64.b64decode(value, altchars=b"-_", validate=True)
            return UUID(hex=self._open(sealed, _purpose(name), what="It", otherwise="sign in again")).hex
        except (KeysSealed, binascii.Error, ValueError):
            return None


def _purpose(name: str) -> bytes:
    return json.dumps(["browser", name_key(name)]).encode()
