"""Cookies that say that a person has signed in with a browser before: sealed, so that nobody makes one up.

A *pass* is the same from whoever keeps the machine, for a browser that its person has never used: it is given out with
an end, and becomes such a cookie before that.
"""

import base64
import binascii
import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from adapters.seals.seals import Seals
from application.ports.broker import KeysSealed
from domain.access.person import name_key
from domain.access.secret import hash_of

COOKIE, PASS = b'["browser"]', b'["browser pass"]'


class BrowserSeals(Seals):
    """Makes and reads them. Each is of one name, and knows its browser by an id that says nothing of it."""

    def new(self, name: str) -> str | None:
        """A cookie's value for another browser of a person's, None where nothing can be sealed."""
        try:
            return self._written(COOKIE, uuid4().hex, _of(name))
        except KeysSealed:
            return None

    def id_of(self, value: str) -> str | None:
        """The id of a browser that somebody has signed in with, None for what is no such cookie."""
        parts = self._read(COOKIE, value, 2)
        return parts[0] if parts else None

    def browser_of(self, value: str, name: str) -> str | None:
        """The same, if it was the person of this name."""
        parts = self._read(COOKIE, value, 2)
        return parts[0] if parts and hmac.compare_digest(parts[1], _of(name)) else None

    def new_pass(self, name: str, until: datetime) -> str:
        """A pass for one more browser of a person's. Raises KeysSealed."""
        return self._written(PASS, uuid4().hex, _of(name), str(int(until.timestamp())))

    def cookie_for(self, browser_pass: str, now: datetime) -> str | None:
        """The cookie that a pass becomes, None when it is none or over. However often it is used, it is one browser."""
        parts = self._read(PASS, browser_pass, 3)
        if not parts or now.timestamp() >= int(parts[2]):
            return None
        return self._written(COOKIE, parts[0], parts[1])

    def _written(self, purpose: bytes, *parts: str) -> str:
        return base64.urlsafe_b64encode(self._seal(":".join(parts), purpose)).decode()

    def _read(self, purpose: bytes, value: str, count: int) -> Sequence[str]:
        """The parts of what was sealed for a purpose, none for what was not."""
        try:
            sealed = base64.b64decode(value, altchars=b"-_", validate=True)
            parts = self._open(sealed, purpose, what="It", otherwise="sign in again").split(":")
        except (KeysSealed, binascii.Error, ValueError):
            return ()
        return parts if len(parts) == count else ()


def _of(name: str) -> str:
    return hash_of(name_key(name)).hex()
