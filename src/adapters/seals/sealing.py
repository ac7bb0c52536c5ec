"""Secrets at rest: AES-256-GCM under keys that are kept elsewhere, each seal bound to what it is for.

A seal is a version byte, the id of its key, a nonce, and what was sealed with its tag. What it is for, such as a
portfolio and its account, is authenticated with it and not in it: moved to another row it does not open.
"""

import base64
import binascii
import hashlib
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

VERSION = b"\x01"
KEY_BYTES = 32
KEY_ID_BYTES = 8
NONCE_BYTES = 12
FINGERPRINT_BYTES = 4
HEADER_BYTES = len(VERSION) + KEY_ID_BYTES

VARIABLE = "BALLAST_SEALING_KEY"


class CannotOpen(Exception):
    """A seal that none of the keys opens, for what it is said to be for. The text never holds key or secret."""


class Sealer:
    """Seals with the newest of its keys and opens with any; without keys it does neither."""

    def __init__(self, keys: SecretStr | None) -> None:
        """``keys`` are 32 bytes each in base64, newest first, apart by spaces or commas. Raises ValueError."""
        written = re.split(r"[\s,]+", keys.get_secret_value().strip()) if keys else []
        self._keys = {_id_of(key): key for key in (_key(text, n) for n, text in enumerate(written, start=1))}

    @property
    def ids(self) -> list[str]:
        """The ids of its keys, newest first; an id says nothing about its key."""
        return [key_id.hex() for key_id in self._keys]

    def is_newest(self, sealed: bytes) -> bool:
        """Whether something was sealed with the newest key."""
        return self.ids[:1] == [key_id_of(sealed)]

    def fingerprint(self, secret: bytes) -> str:
        """A short name of a secret that tells nothing of it to whoever lacks the newest key. Raises CannotOpen."""
        if not self._keys:
            raise CannotOpen(f"There is no {VARIABLE}, so no secret can be kept here.")
        key = next(iter(self._keys.values()))
        return hashlib.blake2b(
            secret, digest_size=FINGERPRINT_BYTES, key=key, person=b"fingerprint"
        ).hexdigest()

    def seal(self, secret: bytes, purpose: bytes) -> bytes:
        """Seal a secret for a purpose. Raises CannotOpen when there is no key."""
        if not self._keys:
            raise CannotOpen(f"There is no {VARIABLE}, so no secret can be kept here.")
        key_id, key = next(iter(self._keys.items()))
        header, nonce = VERSION + key_id, os.urandom(NONCE_BYTES)
        return header + nonce + AESGCM(key).encrypt(nonce, secret, header + purpose)

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """What was sealed for this very purpose. Raises CannotOpen."""
        header, nonce = sealed[:HEADER_BYTES], sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        if header[: len(VERSION)] != VERSION:
            raise CannotOpen("It was not sealed by this version of Ballast, or is damaged.")
        key = self._keys.get(header[len(VERSION) :])
        if key is None:
            raise CannotOpen(f"It was sealed with key {key_id_of(sealed)}, which {VARIABLE} does not hold.")
        try:
            return AESGCM(key).decrypt(nonce, sealed[HEADER_BYTES + NONCE_BYTES :], header + purpose)
        except (InvalidTag, ValueError):  # ValueError: too short to hold a nonce
            raise CannotOpen("It is damaged, or was sealed for something else.") from None


def key_id_of(sealed: bytes) -> str:
    """The id of the key that something was sealed with."""
    return sealed[len(VERSION) : HEADER_BYTES].hex()


def new_sealing_key() -> str:
    """A fresh key as it is written down."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _key(text: str, number: int) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # ValueError: letters beyond ASCII
        key = b""
    if len(key) != KEY_BYTES:
        # The exception must not come with the text, which is a secret, or nearly one.
        raise ValueError(
            f"Key {number} in {VARIABLE} is not {KEY_BYTES} bytes in base64; "
            "several stand newest first, apart by spaces"
        ) from None
    return key


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(b"ballast sealing key id" + key).digest()[:KEY_ID_BYTES]
