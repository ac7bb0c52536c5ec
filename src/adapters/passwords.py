"""Passwords as Argon2id keeps them, at the lower of the costs that RFC 9106 recommends: 64 MiB for each."""

from functools import cached_property

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY


class Argon2Passwords:
    """The application's Passwords."""

    def __init__(self, cost: Parameters = RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(cost)

    def hash(self, password: str) -> str:
        """See application.ports.access.Passwords."""
        return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """See application.ports.access.Passwords."""
        try:
            return self._hasher.verify(kept or self._nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """See application.ports.access.Passwords."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _nobody(self) -> str:
        """What a password is held against that belongs to nobody."""
        return self._hasher.hash("")
