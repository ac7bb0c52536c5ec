"""What is kept of a secret that was drawn at random, and of whatever else is only to be recognised."""

import hashlib


def hash_of(text: str) -> bytes:
    """Its SHA-256. A drawn secret cannot be guessed, so that it needs no slow hash and no salt."""
    return hashlib.sha256(text.encode()).digest()
